with

starts as (
    select * from {{ ref('int_handoff_starts') }}
),

policies as (
    select * from {{ ref('int_handoff_policies') }}
),

responses as (
    select * from {{ ref('int_handoff_responses') }}
),

owners as (
    select * from {{ ref('int_handoff_owners') }}
),

follow_ups as (
    select
        starts.handoff_id,
        min(sales_work.occurred_at) as first_follow_up_at,
        min(case when sales_work.is_contact then sales_work.occurred_at end) as first_contact_at
    from starts
    inner join {{ ref('int_sales_work') }} as sales_work
        on starts.lead_id = sales_work.lead_id
        and starts.handed_off_at <= sales_work.occurred_at
        and {{ or_never('starts.next_handed_off_at') }} > sales_work.occurred_at
    group by starts.handoff_id
),

closings as (
    select
        starts.handoff_id,
        {{ earliest(['responses.rejected_at', 'responses.recycled_at', 'starts.lost_at']) }}
            as closed_at
    from starts
    left join responses on starts.handoff_id = responses.handoff_id
),

-- Another owner while the hand-over is open; the clock runs on.
reassignments as (
    select
        starts.handoff_id,
        min(owner_values.valid_from) as reassigned_at,
        max_by(owner_values.value, owner_values.valid_from) as last_owner_id
    from starts
    inner join closings on starts.handoff_id = closings.handoff_id
    inner join {{ ref('int_lead_attributes') }} as owner_values
        on starts.lead_id = owner_values.lead_id
        and owner_values.attribute = 'owner_id'
        and starts.handed_off_at < owner_values.valid_from
        and {{ or_never('closings.closed_at') }} >= owner_values.valid_from
    where owner_values.value is not null
    group by starts.handoff_id
),

hours as (
    select * from {{ ref('int_business_hours') }}
),

timed as (
    select
        starts.handoff_id,
        starts.lead_id,
        starts.qualified_at,
        starts.handed_off_at,
        policies.grade,
        policies.segment_id,
        policies.sla_policy_id,
        policies.sla_business_minutes,
        policies.calendar_id,
        policies.business_time_before,
        policies.due_at,
        follow_ups.first_follow_up_at,
        follow_ups.first_contact_at,
        coalesce(follow_ups.first_follow_up_at, {{ as_of() }}) as clock_until
    from starts
    left join policies on starts.handoff_id = policies.handoff_id
    left join follow_ups on starts.handoff_id = follow_ups.handoff_id
),

final as (
    select
        timed.handoff_id,
        timed.lead_id,
        owners.owner_id,
        coalesce(reassignments.last_owner_id, owners.owner_id) as last_owner_id,
        reassignments.reassigned_at,
        timed.qualified_at,
        timed.handed_off_at,
        timed.sla_policy_id,
        cast(timed.sla_business_minutes as integer) as sla_business_minutes,
        timed.due_at,
        timed.first_follow_up_at,
        timed.first_contact_at,
        cast(
            floor(
                ({{ business_time('timed.clock_until', 'hours') }} - timed.business_time_before)
                / {{ microseconds_per_minute() }}
            ) as bigint
        ) as elapsed_business_minutes,
        case
            when timed.first_follow_up_at <= timed.due_at then 'met'
            when timed.first_follow_up_at is not null then 'breached'
            when {{ as_of() }} > timed.due_at then 'overdue'
            else 'open'
        end as sla_status,
        case
            when responses.rejected_at is not null then 'rejected'
            when responses.accepted_at is not null then 'accepted'
            else 'none'
        end as sales_response,
        responses.reject_reason,
        responses.recycled_at,
        closings.closed_at,
        timed.grade,
        timed.segment_id,
        timed.calendar_id
    from timed
    left join responses on timed.handoff_id = responses.handoff_id
    left join closings on timed.handoff_id = closings.handoff_id
    left join owners on timed.handoff_id = owners.handoff_id
    left join reassignments on timed.handoff_id = reassignments.handoff_id
    left join hours
        on timed.calendar_id = hours.calendar_id
        and timed.clock_until >= hours.closed_since
        and timed.clock_until < hours.closes_at
)

select * from final
