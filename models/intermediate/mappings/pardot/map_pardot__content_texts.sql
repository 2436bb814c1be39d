select
    'page_path' as text_kind,
    page_path as raw_text
from {{ ref('stg_pardot__visitor_page_view') }}
where page_path is not null

union all

select
    'page_path' as text_kind,
    link_path as raw_text
from {{ ref('map_pardot__visitor_actions') }}
where link_path is not null and activity_type in ('page_view', 'link_click', 'download')

union all

select
    'form_name' as text_kind,
    details as raw_text
from {{ ref('map_pardot__visitor_actions') }}
where details is not null and activity_type = 'form_submit'

union all

select
    'asset_name' as text_kind,
    asset_name as raw_text
from {{ ref('map_pardot__visitor_actions') }}
where asset_name is not null and activity_type in ('link_click', 'download')
