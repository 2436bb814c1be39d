{{ config(materialized='table') }}

{%- set kinds = {
    'call': {'outcome': 'disposition', 'status': 'call_status'},
    'meeting': {'outcome': 'outcome', 'starts_at': 'starts_at', 'ends_at': 'ends_at'},
    'email': {'outcome': 'direction', 'status': 'mail_status'},
    'note': {},
    'task': {'status': 'task_status', 'completed_at': 'completed_at'}
} %}
{%- set texts = ['outcome', 'status'] %}
{%- set moments = ['starts_at', 'ends_at', 'completed_at'] %}

with

-- Who logged it is told as a user; people go by the owner that the user is.
logged_by as (
    select
        user_id,
        min(owner_id) as owner_id,
        max(changed_in_build) as changed_in_build
    from {{ ref('stg_hubspot__owner') }}
    where user_id is not null
    group by user_id
),

details as (
    {%- for kind, columns in kinds.items() %}
    select
        engagement_id,
        '{{ kind | upper }}' as engagement_type,
        owner_id,
        logged_by_user_id,
        {%- for text in texts %}
        {{ columns.get(text, 'cast(null as varchar)') }} as {{ text }},
        {%- endfor %}
        {%- for moment in moments %}
        {{ columns.get(moment, 'cast(null as timestamp)') }} as {{ moment }},
        {%- endfor %}
        created_at,
        activity_at,
        modified_at,
        record_status,
        landed_at,
        changed_in_build
    from {{ ref('stg_hubspot__engagement_' ~ kind) }}
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
),

-- The older interface keeps times and owner in the engagement, the newer one in its kind.
joined as (
    select
        coalesce(details.engagement_id, engagements.engagement_id) as engagement_id,
        coalesce(engagements.engagement_type, details.engagement_type) as engagement_type,
        coalesce(details.owner_id, engagements.owner_id) as owner_id,
        coalesce(details.logged_by_user_id, engagements.logged_by_user_id) as logged_by_user_id,
        details.outcome,
        details.status,
        details.starts_at,
        details.ends_at,
        details.completed_at,
        coalesce(details.created_at, engagements.created_at) as created_at,
        coalesce(details.activity_at, engagements.activity_at) as activity_at,
        coalesce(details.modified_at, engagements.modified_at) as modified_at,
        case
            when 'deleted' in (details.record_status, engagements.record_status) then 'deleted'
            when 'not_yet' in (details.record_status, engagements.record_status) then 'not_yet'
            else 'used'
        end as record_status,
        greatest(details.landed_at, engagements.landed_at) as landed_at,
        greatest(
            coalesce(details.changed_in_build, 0), coalesce(engagements.changed_in_build, 0)
        ) as changed_in_build
    from details
    full outer join {{ ref('stg_hubspot__engagement') }} as engagements
        on details.engagement_id = engagements.engagement_id
),

labelled as (
    select
        joined.*,
        {{ local_day('coalesce(joined.created_at, joined.activity_at, joined.starts_at)') }}
            as made_on,
        outcome_labels.label as outcome_label,
        status_labels.label as status_label
    from joined
    left join {{ source('text', 'label') }} as outcome_labels
        on joined.outcome = outcome_labels.raw_value
    left join {{ source('text', 'label') }} as status_labels
        on joined.status = status_labels.raw_value
),

judged as (
    select
        labelled.*,
        cancelled.status_label is not null as is_cancelled,
        unanswered_calls.disposition_label is not null
        or failed_calls.disposition_label is not null as is_unanswered
    from labelled
    left join {{ ref('cancelled_status_map') }} as cancelled
        on labelled.outcome_label = cancelled.status_label
        and {{ holds_on('cancelled', 'labelled.made_on') }}
    left join {{ ref('unanswered_call_map') }} as unanswered_calls
        on labelled.outcome_label = unanswered_calls.disposition_label
        and {{ holds_on('unanswered_calls', 'labelled.made_on') }}
    left join {{ ref('unanswered_call_map') }} as failed_calls
        on labelled.status_label = failed_calls.disposition_label
        and {{ holds_on('failed_calls', 'labelled.made_on') }}
),

-- What sales did: a mail received, a note and a task that is open are none of it.
typed as (
    select
        *,
        case
            when engagement_type = 'CALL' then 'sales_call'
            when engagement_type = 'MEETING' and not is_cancelled then 'sales_meeting'
            when
                engagement_type in ('EMAIL', 'FORWARDED_EMAIL')
                and coalesce(outcome, 'EMAIL') in ('EMAIL', 'FORWARDED_EMAIL')
                and coalesce(status, 'SENT') not in ('SCHEDULED', 'FAILED')
                then 'sales_email'
            when engagement_type = 'TASK' and status = 'COMPLETED' then 'sales_task'
        end as activity_type
    from judged
),

-- A call or mail is logged when done, a meeting held at its end, a task done when it says so.
dated as (
    select
        *,
        case activity_type
            when 'sales_meeting' then coalesce(ends_at, starts_at, activity_at)
            when 'sales_task'
                then
                    coalesce(
                        {{ up_to_as_of('completed_at') }}, {{ up_to_as_of('modified_at') }}
                    )
            else coalesce(created_at, activity_at)
        end as occurred_at
    from typed
),

final as (
    select
        dated.engagement_id,
        dated.activity_type,
        dated.occurred_at,
        dated.owner_id,
        loggers.owner_id as logged_by_id,
        case dated.activity_type
            when 'sales_meeting' then true
            when 'sales_call' then not dated.is_unanswered
            when 'sales_email' then coalesce(dated.status, 'SENT') <> 'BOUNCED'
            else false
        end as is_contact,
        dated.record_status,
        dated.landed_at,
        case
            when
                {{ came_true('dated.occurred_at') }}
                or {{ came_true('dated.completed_at') }}
                or {{ came_true('dated.modified_at') }}
                then {{ build_id() }}
            else greatest(dated.changed_in_build, coalesce(loggers.changed_in_build, 0))
        end as changed_in_build
    from dated
    left join logged_by as loggers on dated.logged_by_user_id = loggers.user_id
)

select * from final
