{%- set texts = {
    'page_path': {
        'activity_visit_webpage': 'page_path',
        'activity_fill_out_form': 'page_path',
        'activity_click_link': 'link_path'
    },
    'form_name': {
        'activity_fill_out_form': 'form_name'
    },
    'asset_name': {
        'activity_click_link': 'file_name'
    },
    'user_agent': {
        'activity_visit_webpage': 'user_agent',
        'activity_fill_out_form': 'user_agent',
        'activity_click_link': 'user_agent',
        'activity_open_email': 'user_agent',
        'activity_click_email': 'user_agent',
        'activity_unsubscribe_email': 'user_agent'
    }
} -%}

{%- for kind, columns in texts.items() %}
{%- set is_last_kind = loop.last %}
{%- for table, column in columns.items() %}
select
    '{{ kind }}' as text_kind,
    {{ column }} as raw_text
from {{ ref('stg_marketo__' ~ table) }}
where {{ column }} is not null
{%- if not (loop.last and is_last_kind) %}

union all
{% endif %}
{%- endfor %}
{%- endfor %}
