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
    'pardot:visitor_page_view:' || views.record_id as activity_id,
    'pardot' as connector,
    'visitor_page_view' as source_table,
    views.record_id as source_record_id,
    1 as source_rank,
    'pardot:' || coalesce(views.prospect_id, visitors.prospect_id) as person_key,
    views.occurred_at,
    'page_view' as activity_type,
    coalesce(paths.content_key, views.page_path) as content_key,
    paths.content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mailing_key,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    'pardot:view:' || views_told_twice.page_view_id as event_key,
    cast(null as varchar) as event_name,
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    views.landed_at,
    views.changed_in_build
from {{ ref('stg_pardot__visitor_page_view') }} as views
left join visitors on views.visitor_id = visitors.record_id
left join views_told_twice on views.record_id = views_told_twice.page_view_id
left join {{ ref('int_content_paths') }} as paths
    on views.page_path = paths.page_path
    and {{ local_day('views.occurred_at') }} >= paths.valid_from
    and {{ local_day('views.occurred_at') }} < paths.valid_to
where views.record_status = 'used'

union all

select
    'pardot:visitor_activity:' || page_views.record_id as activity_id,
    'pardot' as connector,
    'visitor_activity' as source_table,
    page_views.record_id as source_record_id,
    2 as source_rank,
    'pardot:' || page_views.prospect_id as person_key,
    page_views.occurred_at,
    'page_view' as activity_type,
    coalesce(paths.content_key, page_views.content_path, page_views.details) as content_key,
    paths.content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mailing_key,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    'pardot:view:' || page_views.page_view_id as event_key,
    cast(null as varchar) as event_name,
    page_views.campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    page_views.landed_at,
    page_views.changed_in_build
from page_views
left join {{ ref('int_content_paths') }} as paths
    on page_views.content_path = paths.page_path
    and {{ local_day('page_views.occurred_at') }} >= paths.valid_from
    and {{ local_day('page_views.occurred_at') }} < paths.valid_to

union all

select
    'pardot:visitor_activity:' || forms.record_id as activity_id,
    'pardot' as connector,
    'visitor_activity' as source_table,
    forms.record_id as source_record_id,
    1 as source_rank,
    'pardot:' || forms.prospect_id as person_key,
    forms.occurred_at,
    coalesce(names.activity_type, 'form_submit') as activity_type,
    coalesce(forms.details, forms.form_id, '') || coalesce('|' || forms.page_path, '')
        as content_key,
    coalesce(names.content_category, paths.content_category) as content_category,
    names.form_kind,
    cast(null as varchar) as mailing_key,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    forms.campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    forms.landed_at,
    forms.changed_in_build
from actions as forms
left join {{ ref('int_form_names') }} as names
    on forms.details = names.form_name
    and {{ local_day('forms.occurred_at') }} >= names.valid_from
    and {{ local_day('forms.occurred_at') }} < names.valid_to
left join {{ ref('int_content_paths') }} as paths
    on forms.page_path = paths.page_path
    and {{ local_day('forms.occurred_at') }} >= paths.valid_from
    and {{ local_day('forms.occurred_at') }} < paths.valid_to
where forms.activity_type = 'form_submit'

union all

select
    'pardot:visitor_activity:' || clicks.record_id as activity_id,
    'pardot' as connector,
    'visitor_activity' as source_table,
    clicks.record_id as source_record_id,
    1 as source_rank,
    'pardot:' || clicks.prospect_id as person_key,
    clicks.occurred_at,
    case
        when files.file_extension is not null then 'download'
        else clicks.activity_type
    end as activity_type,
    coalesce(paths.content_key, clicks.link_path, clicks.details) as content_key,
    coalesce(assets.content_category, paths.content_category) as content_category,
    case
        when clicks.activity_type = 'download' or files.file_extension is not null
            then 'file_click'
    end as form_kind,
    cast(null as varchar) as mailing_key,
    coalesce(clicks.link_path, clicks.details) as link,
    cast(null as varchar) as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    clicks.campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    clicks.landed_at,
    clicks.changed_in_build
from actions as clicks
left join {{ ref('int_content_paths') }} as paths
    on clicks.link_path = paths.page_path
    and {{ local_day('clicks.occurred_at') }} >= paths.valid_from
    and {{ local_day('clicks.occurred_at') }} < paths.valid_to
left join {{ ref('int_asset_names') }} as assets
    on clicks.asset_name = assets.asset_name
    and {{ local_day('clicks.occurred_at') }} >= assets.valid_from
    and {{ local_day('clicks.occurred_at') }} < assets.valid_to
left join {{ ref('file_types') }} as files
    on regexp_extract(clicks.link_path, '[.]([a-z0-9]+)$', 1) = files.file_extension
    and {{ holds_on('files', local_day('clicks.occurred_at')) }}
where clicks.activity_type in ('link_click', 'download')
