{%- set tables = [
    'lead',
    'contact',
    'account',
    'opportunity',
    'opportunity_history',
    'opportunity_field_history',
    'opportunity_contact_role',
    'task',
    'event',
    'user',
    'campaign',
    'campaign_member',
    'lead_history',
    'contact_history',
    'account_history'
] -%}

{%- for table in tables %}
select
    'salesforce' as connector,
    '{{ table }}' as table_name,
    record_status,
    count(*) as records,
    sum(version_count) as row_versions
from {{ ref('stg_salesforce__' ~ table) }}
group by record_status
{%- if not loop.last %}

union all
{%- endif %}
{% endfor %}
