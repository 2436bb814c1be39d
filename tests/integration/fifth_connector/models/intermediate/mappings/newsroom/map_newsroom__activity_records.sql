{%- for table in ['page_read', 'request'] %}
select
    'newsroom:{{ table }}:' || record_id as activity_id,
    'newsroom:' || person_id as person_key,
    changed_in_build
from {{ ref('stg_newsroom__' ~ table) }}
{%- if not loop.last %}

union all
{% endif %}
{%- endfor %}
