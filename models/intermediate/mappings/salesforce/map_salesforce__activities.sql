select
    'salesforce:task:' || tasks.record_id as activity_id,
    'salesforce' as connector,
    'task' as source_table,
    tasks.record_id as source_record_id,
    3 as source_rank,
    'salesforce:' || tasks.person_id as person_key,
    tasks.occurred_at,
    tasks.activity_type,
    cast(null as varchar) as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mail_id,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    cast(null as varchar) as campaign_id,
    tasks.owner_id as user_id,
    tasks.created_by_id as logged_by_id,
    tasks.is_contact,
    false as is_on_demand,
    tasks.landed_at,
    tasks.changed_in_build
from (
    select
        tasks.*,
        coalesce(subtype_map.activity_type, type_map.activity_type, 'sales_task') as activity_type,
        -- Done when it says so; calls and mails are logged when done; a plain to-do when last changed.
        coalesce(
            tasks.completed_at,
            case
                when coalesce(subtype_map.activity_type, type_map.activity_type) in ('sales_call', 'sales_email')
                    then tasks.created_at
                else tasks.modified_at
            end
        ) as occurred_at,
        coalesce(subtype_map.activity_type, type_map.activity_type, 'sales_task') <> 'sales_task'
        and unanswered.disposition_label is null as is_contact
    from {{ ref('stg_salesforce__task') }} as tasks
    left join {{ source('text', 'label') }} as type_labels on tasks.task_type = type_labels.raw_value
    left join {{ ref('task_type_map') }} as type_map on type_labels.label = type_map.type_label
    left join {{ source('text', 'label') }} as subtype_labels
        on tasks.task_subtype = subtype_labels.raw_value
    left join {{ ref('task_type_map') }} as subtype_map on subtype_labels.label = subtype_map.type_label
    left join {{ source('text', 'label') }} as call_labels
        on tasks.call_disposition = call_labels.raw_value
    left join {{ ref('unanswered_call_map') }} as unanswered
        on call_labels.label = unanswered.disposition_label
    where tasks.is_closed
) as tasks
where tasks.record_status = 'used'
    and tasks.occurred_at is not null

union all

select
    'salesforce:event:' || meetings.record_id as activity_id,
    'salesforce' as connector,
    'event' as source_table,
    meetings.record_id as source_record_id,
    3 as source_rank,
    'salesforce:' || meetings.person_id as person_key,
    meetings.occurred_at,
    meetings.activity_type,
    cast(null as varchar) as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mail_id,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    cast(null as varchar) as campaign_id,
    meetings.owner_id as user_id,
    meetings.created_by_id as logged_by_id,
    true as is_contact,
    false as is_on_demand,
    meetings.landed_at,
    meetings.changed_in_build
from (
    select
        meetings.*,
        coalesce(subtype_map.activity_type, type_map.activity_type, 'sales_meeting') as activity_type,
        coalesce(meetings.ends_at, meetings.starts_at) as occurred_at
    from {{ ref('stg_salesforce__event') }} as meetings
    left join {{ source('text', 'label') }} as type_labels on meetings.event_type = type_labels.raw_value
    left join {{ ref('task_type_map') }} as type_map on type_labels.label = type_map.type_label
    left join {{ source('text', 'label') }} as subtype_labels
        on meetings.event_subtype = subtype_labels.raw_value
    left join {{ ref('task_type_map') }} as subtype_map on subtype_labels.label = subtype_map.type_label
    left join {{ source('text', 'label') }} as status_labels on meetings.status = status_labels.raw_value
    left join {{ ref('cancelled_status_map') }} as cancelled
        on status_labels.label = cancelled.status_label
    where cancelled.status_label is null
) as meetings
where meetings.record_status = 'used'
    and meetings.occurred_at <= {{ as_of() }}

union all

select
    'salesforce:campaign_member:' || members.record_id as activity_id,
    'salesforce' as connector,
    'campaign_member' as source_table,
    members.record_id as source_record_id,
    3 as source_rank,
    'salesforce:' || members.person_id as person_key,
    members.occurred_at,
    members.activity_type,
    members.campaign_id as content_key,
    'event' as content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mail_id,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    'salesforce:' || members.campaign_id as event_key,
    name_labels.label as event_name,
    members.campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    members.is_on_demand,
    members.landed_at,
    members.changed_in_build
from (
    select
        memberships.*,
        statuses.activity_type,
        statuses.is_on_demand,
        campaigns.campaign_name,
        campaigns.campaign_type,
        case
            when statuses.activity_type in ('event_registered', 'event_attended')
                then coalesce(memberships.responded_at, memberships.created_at)
            else memberships.created_at
        end as occurred_at
    from {{ ref('stg_salesforce__campaign_member') }} as memberships
    inner join {{ source('text', 'label') }} as status_labels
        on memberships.member_status = status_labels.raw_value
    inner join {{ ref('programme_status_map') }} as statuses
        on status_labels.label = statuses.status_label
        and {{ holds_on('statuses', local_day('memberships.created_at')) }}
    left join {{ ref('stg_salesforce__campaign') }} as campaigns
        on memberships.campaign_id = campaigns.campaign_id and campaigns.record_status = 'used'
    left join {{ source('text', 'label') }} as type_labels
        on campaigns.campaign_type = type_labels.raw_value
    left join {{ ref('event_channels') }} as channels on type_labels.label = channels.channel_label
    where channels.channel_label is not null or campaigns.campaign_type is null
) as members
left join {{ source('text', 'label') }} as name_labels
    on members.campaign_name = name_labels.raw_value
where members.record_status = 'used'
    and members.occurred_at <= {{ as_of() }}

union all

select
    'salesforce:lead_history:' || changes.record_id as activity_id,
    'salesforce' as connector,
    'lead_history' as source_table,
    changes.record_id as source_record_id,
    3 as source_rank,
    'salesforce:' || changes.person_id as person_key,
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
    select changed_rows.*, changed_rows.lead_id as person_id, changed_rows.changed_at as occurred_at
    from {{ ref('stg_salesforce__lead_history') }} as changed_rows
    where not changed_rows.is_copy and changed_rows.field = 'status'
) as changes
where changes.record_status = 'used'
