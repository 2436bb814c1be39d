with

actions as (
    select
        *,
        coalesce(link_path, page_path) as content_path
    from {{ ref('map_pardot__visitor_actions') }}
    where record_status = 'used'
),

page_views as (
    select * from actions
    where activity_type = 'page_view'
),

-- Some views are told a second time, as an activity of the visitor.
views_told_twice as (
    select page_view_id from page_views
    where page_view_id is not null
    group by page_view_id
),

visitors as (
    select record_id, prospect_id from {{ ref('stg_pardot__visitor') }}
    where record_status = 'used'
)

select
    {{ activity(
        'pardot', 'visitor_page_view', 'views', person_id='coalesce(views.prospect_id, visitors.prospect_id)',
        activity_type="'page_view'",
        content_key='coalesce(paths.content_key, views.page_path)',
        content_category='paths.content_category',
        event_key="'pardot:view:' || views_told_twice.page_view_id"
    ) }}
from {{ ref('stg_pardot__visitor_page_view') }} as views
left join visitors on views.visitor_id = visitors.record_id
left join views_told_twice on views.record_id = views_told_twice.page_view_id
left join {{ ref('int_content_paths') }} as paths
    on views.page_path = paths.page_path
    and {{ holds_on('paths', local_day('views.occurred_at')) }}
where views.record_status = 'used'

union all

select
    {{ activity(
        'pardot', 'visitor_activity', 'page_views', source_rank=2, person_id='page_views.prospect_id',
        activity_type="'page_view'",
        content_key='coalesce(paths.content_key, page_views.content_path, page_views.details)',
        content_category='paths.content_category',
        event_key="'pardot:view:' || page_views.page_view_id",
        campaign_id='page_views.campaign_id'
    ) }}
from page_views
left join {{ ref('int_content_paths') }} as paths
    on page_views.content_path = paths.page_path
    and {{ holds_on('paths', local_day('page_views.occurred_at')) }}

union all

select
    {{ activity(
        'pardot', 'visitor_activity', 'forms', person_id='forms.prospect_id',
        activity_type="coalesce(names.activity_type, 'form_submit')",
        content_key="coalesce(forms.details, forms.form_id, '') || coalesce('|' || forms.page_path, '')",
        content_category='coalesce(names.content_category, paths.content_category)',
        form_kind='names.form_kind',
        campaign_id='forms.campaign_id'
    ) }}
from actions as forms
left join {{ ref('int_form_names') }} as names
    on forms.details = names.form_name
    and {{ holds_on('names', local_day('forms.occurred_at')) }}
left join {{ ref('int_content_paths') }} as paths
    on forms.page_path = paths.page_path
    and {{ holds_on('paths', local_day('forms.occurred_at')) }}
where forms.activity_type = 'form_submit'

union all

select
    {{ activity(
        'pardot', 'visitor_activity', 'clicks', person_id='clicks.prospect_id',
        activity_type="case when files.file_extension is not null then 'download' else clicks.activity_type end",
        content_key='coalesce(paths.content_key, clicks.link_path, clicks.details)',
        content_category='coalesce(assets.content_category, paths.content_category)',
        form_kind="case when clicks.activity_type = 'download' or files.file_extension is not null then 'file_click' end",
        link='coalesce(clicks.link_path, clicks.details)',
        campaign_id='clicks.campaign_id'
    ) }}
from actions as clicks
left join {{ ref('int_content_paths') }} as paths
    on clicks.link_path = paths.page_path
    and {{ holds_on('paths', local_day('clicks.occurred_at')) }}
left join {{ ref('int_asset_names') }} as assets
    on clicks.asset_name = assets.asset_name
    and {{ holds_on('assets', local_day('clicks.occurred_at')) }}
left join {{ ref('file_types') }} as files
    on regexp_extract(clicks.link_path, '[.]([a-z0-9]+)$', 1) = files.file_extension
    and {{ holds_on('files', local_day('clicks.occurred_at')) }}
where clicks.activity_type in ('link_click', 'download')
