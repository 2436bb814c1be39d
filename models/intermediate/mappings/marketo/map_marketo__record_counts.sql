{%- set tables = [
    'lead',
    'activity_visit_webpage',
    'activity_fill_out_form',
    'activity_click_link',
    'activity_send_email',
    'activity_email_delivered',
    'activity_open_email',
    'activity_click_email',
    'activity_email_bounced',
    'activity_unsubscribe_email',
    'activity_change_data_value',
    'activity_change_status_in_progression',
    'activity_merge_leads',
    'activity_delete_lead',
    'program',
    'program_membership',
    'campaign'
] -%}

{%- for table in tables %}
select
    'marketo' as connector,
    '{{ table }}' as table_name,
    record_status,
    count(*) as records,
    sum(version_count) as row_versions
from {{ ref('stg_marketo__' ~ table) }}
group by record_status
{%- if not loop.last %}

union all
{%- endif %}
{% endfor %}
