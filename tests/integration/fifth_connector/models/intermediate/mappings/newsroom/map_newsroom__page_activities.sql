select
    'newsroom:page_read:' || views.record_id as activity_id,
    'newsroom' as connector,
    'page_read' as source_table,
    views.record_id as source_record_id,
    1 as source_rank,
    'newsroom:' || views.person_id as person_key,
    views.occurred_at,
    'page_view' as activity_type,
    coalesce(paths.content_key, views.page_path) as content_key,
    paths.content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mailing_key,
    cast(null as varchar) as link,
    views.user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    views.landed_at,
    views.changed_in_build
from {{ ref('stg_newsroom__page_read') }} as views
left join {{ ref('int_content_paths') }} as paths
    on views.page_path = paths.page_path
    and {{ local_day('views.occurred_at') }} >= paths.valid_from
    and {{ local_day('views.occurred_at') }} < paths.valid_to
where views.record_status = 'used'
