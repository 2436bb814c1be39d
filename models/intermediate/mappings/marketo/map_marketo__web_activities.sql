select
    'marketo:activity_visit_webpage:' || views.record_id as activity_id,
    'marketo' as connector,
    'activity_visit_webpage' as source_table,
    views.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || views.person_id as person_key,
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
from {{ ref('stg_marketo__activity_visit_webpage') }} as views
left join {{ ref('int_content_paths') }} as paths
    on views.page_path = paths.page_path
    and {{ local_day('views.occurred_at') }} >= paths.valid_from
    and {{ local_day('views.occurred_at') }} < paths.valid_to
where views.record_status = 'used'

union all

select
    'marketo:activity_fill_out_form:' || forms.record_id as activity_id,
    'marketo' as connector,
    'activity_fill_out_form' as source_table,
    forms.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || forms.person_id as person_key,
    forms.occurred_at,
    coalesce(names.activity_type, 'form_submit') as activity_type,
    coalesce(forms.form_name, '') || coalesce('|' || forms.page_path, '') as content_key,
    coalesce(names.content_category, paths.content_category) as content_category,
    names.form_kind,
    cast(null as varchar) as mailing_key,
    cast(null as varchar) as link,
    forms.user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    forms.landed_at,
    forms.changed_in_build
from {{ ref('stg_marketo__activity_fill_out_form') }} as forms
left join {{ ref('int_form_names') }} as names
    on forms.form_name = names.form_name
    and {{ local_day('forms.occurred_at') }} >= names.valid_from
    and {{ local_day('forms.occurred_at') }} < names.valid_to
left join {{ ref('int_content_paths') }} as paths
    on forms.page_path = paths.page_path
    and {{ local_day('forms.occurred_at') }} >= paths.valid_from
    and {{ local_day('forms.occurred_at') }} < paths.valid_to
where forms.record_status = 'used'

union all

select
    'marketo:activity_click_link:' || clicks.record_id as activity_id,
    'marketo' as connector,
    'activity_click_link' as source_table,
    clicks.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || clicks.person_id as person_key,
    clicks.occurred_at,
    case when files.file_extension is null then 'link_click' else 'download' end as activity_type,
    coalesce(paths.content_key, clicks.link_path) as content_key,
    coalesce(assets.content_category, paths.content_category) as content_category,
    case when files.file_extension is not null then 'file_click' end as form_kind,
    cast(null as varchar) as mailing_key,
    clicks.link_path as link,
    clicks.user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    clicks.landed_at,
    clicks.changed_in_build
from {{ ref('stg_marketo__activity_click_link') }} as clicks
left join {{ ref('int_content_paths') }} as paths
    on clicks.link_path = paths.page_path
    and {{ local_day('clicks.occurred_at') }} >= paths.valid_from
    and {{ local_day('clicks.occurred_at') }} < paths.valid_to
left join {{ ref('int_asset_names') }} as assets
    on clicks.file_name = assets.asset_name
    and {{ local_day('clicks.occurred_at') }} >= assets.valid_from
    and {{ local_day('clicks.occurred_at') }} < assets.valid_to
left join {{ ref('file_types') }} as files
    on regexp_extract(clicks.link_path, '[.]([a-z0-9]+)$', 1) = files.file_extension
    and {{ holds_on('files', local_day('clicks.occurred_at')) }}
where clicks.record_status = 'used'
