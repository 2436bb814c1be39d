select
    'page_path' as text_kind,
    page_path as raw_text
from {{ ref('stg_hubspot__contact_page_view') }}
where page_path is not null

union all

select
    'page_path' as text_kind,
    page_path as raw_text
from {{ ref('stg_hubspot__contact_form_submission') }}
where page_path is not null

union all

select
    'form_name' as text_kind,
    form_name as raw_text
from {{ ref('stg_hubspot__form') }}
where form_name is not null

union all

select
    'form_name' as text_kind,
    page_title as raw_text
from {{ ref('stg_hubspot__contact_form_submission') }}
where page_title is not null
{%- for table in ['contact_page_view', 'email_event_open', 'email_event_click'] %}

union all

select
    'user_agent' as text_kind,
    user_agent as raw_text
from {{ ref('stg_hubspot__' ~ table) }}
where user_agent is not null
{%- endfor %}
