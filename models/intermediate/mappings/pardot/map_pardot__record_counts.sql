{%- set tables = [
    'prospect',
    'visitor',
    'visitor_activity',
    'visitor_page_view',
    'campaign',
    'list',
    'list_membership',
    'opportunity',
    'opportunity_prospect',
    'prospect_account'
] -%}

{%- for table in tables %}
select
    'pardot' as connector,
    '{{ table }}' as table_name,
    record_status,
    count(*) as records,
    sum(version_count) as row_versions
from {{ ref('stg_pardot__' ~ table) }}
group by record_status
{%- if not loop.last %}

union all
{%- endif %}
{% endfor %}
