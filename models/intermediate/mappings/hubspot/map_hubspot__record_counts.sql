{%- set tables = [
    'contact',
    'contact_property_history',
    'contact_merge_audit',
    'company',
    'company_property_history',
    'contact_company',
    'deal',
    'deal_property_history',
    'deal_stage',
    'deal_pipeline_stage',
    'deal_contact',
    'deal_company',
    'merged_deal',
    'owner',
    'owner_team',
    'team',
    'email_event',
    'email_event_sent',
    'email_event_delivered',
    'email_event_open',
    'email_event_click',
    'email_event_bounce',
    'email_event_status_change',
    'email_campaign',
    'contact_form_submission',
    'form',
    'contact_page_view',
    'engagement',
    'engagement_contact',
    'engagement_call',
    'engagement_meeting',
    'engagement_email',
    'engagement_note',
    'engagement_task'
] -%}

{%- for table in tables %}
select
    'hubspot' as connector,
    '{{ table }}' as table_name,
    record_status,
    count(*) as records,
    sum(version_count) as row_versions
from {{ ref('stg_hubspot__' ~ table) }}
group by record_status
{%- if not loop.last %}

union all
{%- endif %}
{% endfor %}
