select
    {{ activity(
        'marketo', 'activity_visit_webpage', 'views', person_id='views.person_id',
        activity_type="'page_view'",
        content_key='coalesce(paths.content_key, views.page_path)',
        content_category='paths.content_category',
        user_agent='views.user_agent'
    ) }}
from {{ ref('stg_marketo__activity_visit_webpage') }} as views
left join {{ ref('int_content_paths') }} as paths
    on views.page_path = paths.page_path
    and {{ holds_on('paths', local_day('views.occurred_at')) }}
where views.record_status = 'used'

union all

select
    {{ activity(
        'marketo', 'activity_fill_out_form', 'forms', person_id='forms.person_id',
        activity_type="coalesce(names.activity_type, 'form_submit')",
        content_key="coalesce(forms.form_name, '') || coalesce('|' || forms.page_path, '')",
        content_category='coalesce(names.content_category, paths.content_category)',
        form_kind='names.form_kind',
        user_agent='forms.user_agent'
    ) }}
from {{ ref('stg_marketo__activity_fill_out_form') }} as forms
left join {{ ref('int_form_names') }} as names
    on forms.form_name = names.form_name
    and {{ holds_on('names', local_day('forms.occurred_at')) }}
left join {{ ref('int_content_paths') }} as paths
    on forms.page_path = paths.page_path
    and {{ holds_on('paths', local_day('forms.occurred_at')) }}
where forms.record_status = 'used'

union all

select
    {{ activity(
        'marketo', 'activity_click_link', 'clicks', person_id='clicks.person_id',
        activity_type="case when files.file_extension is null then 'link_click' else 'download' end",
        content_key='coalesce(paths.content_key, clicks.link_path)',
        content_category='coalesce(assets.content_category, paths.content_category)',
        form_kind="case when files.file_extension is not null then 'file_click' end",
        link='clicks.link_path',
        user_agent='clicks.user_agent'
    ) }}
from {{ ref('stg_marketo__activity_click_link') }} as clicks
left join {{ ref('int_content_paths') }} as paths
    on clicks.link_path = paths.page_path
    and {{ holds_on('paths', local_day('clicks.occurred_at')) }}
left join {{ ref('int_asset_names') }} as assets
    on clicks.file_name = assets.asset_name
    and {{ holds_on('assets', local_day('clicks.occurred_at')) }}
left join {{ ref('file_types') }} as files
    on regexp_extract(clicks.link_path, '[.]([a-z0-9]+)$', 1) = files.file_extension
    and {{ holds_on('files', local_day('clicks.occurred_at')) }}
where clicks.record_status = 'used'
