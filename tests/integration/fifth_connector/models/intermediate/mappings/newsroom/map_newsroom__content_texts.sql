select
    'page_path' as text_kind,
    page_path as raw_text
from {{ ref('stg_newsroom__page_read') }}

union all

select
    'user_agent' as text_kind,
    user_agent as raw_text
from {{ ref('stg_newsroom__page_read') }}

union all

select
    'form_name' as text_kind,
    form_name as raw_text
from {{ ref('stg_newsroom__request') }}
