{%- for table in ['reader', 'page_read', 'request'] %}
select
    'newsroom' as connector,
    '{{ table }}' as table_name,
    record_status,
    count(*) as records,
    sum(version_count) as row_versions
from {{ ref('stg_newsroom__' ~ table) }}
group by record_status
{%- if not loop.last %}

union all
{% endif %}
{%- endfor %}
