select
    {{ activity(
        'newsroom', 'page_read', 'views', person_id='views.person_id',
        activity_type="'page_view'",
        content_key='coalesce(paths.content_key, views.page_path)',
        content_category='paths.content_category',
        user_agent='views.user_agent'
    ) }}
from {{ ref('stg_newsroom__page_read') }} as views
left join {{ ref('int_content_paths') }} as paths
    on views.page_path = paths.page_path
    and {{ holds_on('paths', local_day('views.occurred_at')) }}
where views.record_status = 'used'
