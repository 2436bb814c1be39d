{%- set tables = [
    'activity_visit_webpage',
    'activity_fill_out_form',
    'activity_click_link',
    'activity_send_email',
    'activity_email_delivered',
    'activity_open_email',
    'activity_click_email',
    'activity_email_bounced',
    'activity_unsubscribe_email',
    'activity_change_status_in_progression',
    'program_membership',
    'activity_change_data_value'
] -%}

{%- for table in tables %}
select
    'marketo:{{ table }}:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build
from {{ ref('stg_marketo__' ~ table) }}
{%- if not loop.last %}

union all
{% endif %}
{%- endfor %}
