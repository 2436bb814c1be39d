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
    paths.content_category as content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mail_id,
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
    names.form_kind as form_kind,
    cast(null as varchar) as mail_id,
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
    paths.content_category as content_category,
    case when files.file_extension is not null then 'file_click' end as form_kind,
    cast(null as varchar) as mail_id,
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
left join {{ ref('file_types') }} as files
    on regexp_extract(clicks.link_path, '[.]([a-z0-9]+)$', 1) = files.file_extension
    and {{ holds_on('files', local_day('clicks.occurred_at')) }}
where clicks.record_status = 'used'

union all

select
    'marketo:activity_send_email:' || mails.record_id as activity_id,
    'marketo' as connector,
    'activity_send_email' as source_table,
    mails.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || mails.person_id as person_key,
    mails.occurred_at,
    'email_sent' as activity_type,
    mails.asset_name as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    'marketo:' || mails.person_id
    || '/' || coalesce(mails.email_template_id, mails.asset_name, '')
    || '/' || coalesce(mails.campaign_id, '')
    || '/' || coalesce(mails.campaign_run_id, '') as mail_id,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    mails.campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    mails.landed_at,
    mails.changed_in_build
from {{ ref('stg_marketo__activity_send_email') }} as mails
where mails.record_status = 'used'

union all

select
    'marketo:activity_email_delivered:' || mails.record_id as activity_id,
    'marketo' as connector,
    'activity_email_delivered' as source_table,
    mails.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || mails.person_id as person_key,
    mails.occurred_at,
    'email_delivered' as activity_type,
    mails.asset_name as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    'marketo:' || mails.person_id
    || '/' || coalesce(mails.email_template_id, mails.asset_name, '')
    || '/' || coalesce(mails.campaign_id, '')
    || '/' || coalesce(mails.campaign_run_id, '') as mail_id,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    mails.campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    mails.landed_at,
    mails.changed_in_build
from {{ ref('stg_marketo__activity_email_delivered') }} as mails
where mails.record_status = 'used'

union all

select
    'marketo:activity_open_email:' || mails.record_id as activity_id,
    'marketo' as connector,
    'activity_open_email' as source_table,
    mails.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || mails.person_id as person_key,
    mails.occurred_at,
    'email_open' as activity_type,
    mails.asset_name as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    'marketo:' || mails.person_id
    || '/' || coalesce(mails.email_template_id, mails.asset_name, '')
    || '/' || coalesce(mails.campaign_id, '')
    || '/' || coalesce(mails.campaign_run_id, '') as mail_id,
    cast(null as varchar) as link,
    mails.user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    mails.campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    mails.landed_at,
    mails.changed_in_build
from {{ ref('stg_marketo__activity_open_email') }} as mails
where mails.record_status = 'used'

union all

select
    'marketo:activity_click_email:' || mails.record_id as activity_id,
    'marketo' as connector,
    'activity_click_email' as source_table,
    mails.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || mails.person_id as person_key,
    mails.occurred_at,
    'email_click' as activity_type,
    mails.asset_name as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    'marketo:' || mails.person_id
    || '/' || coalesce(mails.email_template_id, mails.asset_name, '')
    || '/' || coalesce(mails.campaign_id, '')
    || '/' || coalesce(mails.campaign_run_id, '') as mail_id,
    mails.link,
    mails.user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    mails.campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    mails.landed_at,
    mails.changed_in_build
from {{ ref('stg_marketo__activity_click_email') }} as mails
where mails.record_status = 'used'

union all

select
    'marketo:activity_email_bounced:' || mails.record_id as activity_id,
    'marketo' as connector,
    'activity_email_bounced' as source_table,
    mails.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || mails.person_id as person_key,
    mails.occurred_at,
    'email_bounce' as activity_type,
    mails.asset_name as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    'marketo:' || mails.person_id
    || '/' || coalesce(mails.email_template_id, mails.asset_name, '')
    || '/' || coalesce(mails.campaign_id, '')
    || '/' || coalesce(mails.campaign_run_id, '') as mail_id,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    mails.campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    mails.landed_at,
    mails.changed_in_build
from {{ ref('stg_marketo__activity_email_bounced') }} as mails
where mails.record_status = 'used'

union all

select
    'marketo:activity_unsubscribe_email:' || mails.record_id as activity_id,
    'marketo' as connector,
    'activity_unsubscribe_email' as source_table,
    mails.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || mails.person_id as person_key,
    mails.occurred_at,
    'email_unsubscribe' as activity_type,
    mails.asset_name as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    'marketo:' || mails.person_id
    || '/' || coalesce(mails.email_template_id, mails.asset_name, '')
    || '/' || coalesce(mails.campaign_id, '')
    || '/' || coalesce(mails.campaign_run_id, '') as mail_id,
    cast(null as varchar) as link,
    mails.user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    mails.campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    mails.landed_at,
    mails.changed_in_build
from {{ ref('stg_marketo__activity_unsubscribe_email') }} as mails
where mails.record_status = 'used'

union all

select
    'marketo:activity_change_status_in_progression:' || progressions.record_id as activity_id,
    'marketo' as connector,
    'activity_change_status_in_progression' as source_table,
    progressions.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || progressions.person_id as person_key,
    progressions.occurred_at,
    statuses.activity_type as activity_type,
    progressions.program_id as content_key,
    'event' as content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mail_id,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    'marketo:' || progressions.program_id as event_key,
    name_labels.label as event_name,
    progressions.program_id as campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    statuses.is_on_demand as is_on_demand,
    progressions.landed_at,
    progressions.changed_in_build
from {{ ref('stg_marketo__activity_change_status_in_progression') }} as progressions
left join {{ ref('stg_marketo__program') }} as programmes
    on progressions.program_id = programmes.program_id and programmes.record_status = 'used'
left join {{ source('text', 'label') }} as status_labels on progressions.new_status = status_labels.raw_value
inner join {{ ref('programme_status_map') }} as statuses
    on status_labels.label = statuses.status_label
    and {{ holds_on('statuses', local_day('progressions.occurred_at')) }}
left join {{ source('text', 'label') }} as channel_labels on programmes.channel = channel_labels.raw_value
left join {{ ref('event_channels') }} as channels
    on channel_labels.label = channels.channel_label
    and {{ holds_on('channels', local_day('progressions.occurred_at')) }}
left join {{ source('text', 'label') }} as name_labels
    on coalesce(programmes.program_name, progressions.program_name) = name_labels.raw_value
where progressions.record_status = 'used'
    and (channels.channel_label is not null or programmes.channel is null)

union all

select
    'marketo:program_membership:' || members.record_id as activity_id,
    'marketo' as connector,
    'program_membership' as source_table,
    members.record_id as source_record_id,
    2 as source_rank,
    'marketo:' || members.person_id as person_key,
    members.occurred_at,
    statuses.activity_type as activity_type,
    members.program_id as content_key,
    'event' as content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mail_id,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    'marketo:' || members.program_id as event_key,
    name_labels.label as event_name,
    members.program_id as campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    statuses.is_on_demand as is_on_demand,
    members.landed_at,
    members.changed_in_build
from (
    select *, created_at as occurred_at from {{ ref('stg_marketo__program_membership') }}
) as members
left join {{ ref('stg_marketo__program') }} as programmes
    on members.program_id = programmes.program_id and programmes.record_status = 'used'
left join {{ source('text', 'label') }} as status_labels on members.member_status = status_labels.raw_value
inner join {{ ref('programme_status_map') }} as statuses
    on status_labels.label = statuses.status_label
    and {{ holds_on('statuses', local_day('members.occurred_at')) }}
left join {{ source('text', 'label') }} as channel_labels on programmes.channel = channel_labels.raw_value
left join {{ ref('event_channels') }} as channels
    on channel_labels.label = channels.channel_label
    and {{ holds_on('channels', local_day('members.occurred_at')) }}
left join {{ source('text', 'label') }} as name_labels
    on programmes.program_name = name_labels.raw_value
where members.record_status = 'used'
    and (channels.channel_label is not null or programmes.channel is null)

union all

select
    'marketo:activity_change_data_value:' || changes.record_id as activity_id,
    'marketo' as connector,
    'activity_change_data_value' as source_table,
    changes.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || changes.person_id as person_key,
    changes.occurred_at,
    'status_change' as activity_type,
    changes.new_value as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mail_id,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    changes.landed_at,
    changes.changed_in_build
from (
    select changed_rows.*, changed_rows.changed_at as occurred_at
    from {{ ref('stg_marketo__activity_change_data_value') }} as changed_rows
) as changes
inner join {{ source('text', 'label') }} as labels
    on changes.field = labels.raw_value and labels.label in ('lead status', 'lead_status')
where changes.record_status = 'used'
