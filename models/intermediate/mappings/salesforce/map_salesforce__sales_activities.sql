with

labels as (
    select * from {{ source('text', 'label') }}
),

types as (
    select * from {{ ref('task_type_map') }}
),

-- A task is what its subtype says, else its type; anything else is a plain to-do.
typed_tasks as (
    select
        tasks.*,
        coalesce(by_subtype.activity_type, by_type.activity_type, 'sales_task') as activity_type,
        unanswered.disposition_label is not null as is_unanswered
    from {{ ref('stg_salesforce__task') }} as tasks
    left join labels as type_labels on tasks.task_type = type_labels.raw_value
    left join labels as subtype_labels on tasks.task_subtype = subtype_labels.raw_value
    left join labels as call_labels on tasks.call_disposition = call_labels.raw_value
    left join types as by_type
        on type_labels.label = by_type.type_label
        and {{ holds_on('by_type', local_day('tasks.created_at')) }}
    left join types as by_subtype
        on subtype_labels.label = by_subtype.type_label
        and {{ holds_on('by_subtype', local_day('tasks.created_at')) }}
    left join {{ ref('unanswered_call_map') }} as unanswered
        on call_labels.label = unanswered.disposition_label
        and {{ holds_on('unanswered', local_day('tasks.created_at')) }}
    where tasks.record_status = 'used' and tasks.is_closed
),

-- Done when it says so; calls and mails are logged when done; a plain to-do when last changed.
done_tasks as (
    select
        *,
        coalesce(
            {{ up_to_as_of('completed_at') }},
            case
                when activity_type in ('sales_call', 'sales_email') then created_at
                else {{ up_to_as_of('modified_at') }}
            end
        ) as occurred_at,
        activity_type <> 'sales_task' and not is_unanswered as is_contact
    from typed_tasks
),

held_meetings as (
    select
        meetings.*,
        coalesce(by_subtype.activity_type, by_type.activity_type, 'sales_meeting') as activity_type,
        coalesce(meetings.ends_at, meetings.starts_at) as occurred_at
    from {{ ref('stg_salesforce__event') }} as meetings
    left join labels as type_labels on meetings.event_type = type_labels.raw_value
    left join labels as subtype_labels on meetings.event_subtype = subtype_labels.raw_value
    left join labels as status_labels on meetings.status = status_labels.raw_value
    left join types as by_type
        on type_labels.label = by_type.type_label
        and {{ holds_on('by_type', local_day('meetings.created_at')) }}
    left join types as by_subtype
        on subtype_labels.label = by_subtype.type_label
        and {{ holds_on('by_subtype', local_day('meetings.created_at')) }}
    left join {{ ref('cancelled_status_map') }} as cancelled
        on cancelled.status_label in (status_labels.label, type_labels.label)
        and {{ holds_on('cancelled', local_day('meetings.created_at')) }}
    where meetings.record_status = 'used' and cancelled.status_label is null
)

select
    {{ activity(
        'salesforce', 'task', source_rank=3,
        user_id='owner_id',
        logged_by_id='created_by_id',
        is_contact='is_contact'
    ) }}
from done_tasks
where occurred_at is not null

union all

select
    {{ activity(
        'salesforce', 'event', source_rank=3,
        user_id='owner_id',
        logged_by_id='created_by_id',
        is_contact='true'
    ) }}
from held_meetings
where occurred_at is not null
