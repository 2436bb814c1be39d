with

handoffs as (
    select
        starts.*,
        grades.grade,
        coalesce(segments.segment_id, 'unknown-unknown') as segment_id,
        {{ local_day('starts.handed_off_at') }} as handed_off_on
    from {{ ref('int_handoff_starts') }} as starts
    left join {{ ref('int_handoff_grades') }} as grades on starts.handoff_id = grades.handoff_id
    left join {{ ref('int_lead_segments') }} as segments
        on starts.lead_id = segments.lead_id
        and starts.handed_off_at >= segments.valid_from
        and starts.handed_off_at < {{ or_never('segments.valid_to') }}
),

matched as (
    select
        handoffs.handoff_id,
        handoffs.handed_off_at,
        handoffs.grade,
        handoffs.segment_id,
        policies.sla_policy_id,
        policies.sla_business_minutes,
        policies.calendar_id,
        row_number() over (
            partition by handoffs.handoff_id order by policies.policy_order, policies.sla_policy_id
        ) as policy_rank
    from handoffs
    inner join {{ ref('sla_policies') }} as policies
        on {{ holds_on('policies', 'handoffs.handed_off_on') }}
        and (policies.segment_id is null or handoffs.segment_id = policies.segment_id)
        and (policies.grades is null or {{ in_list('handoffs.grade', 'policies.grades') }})
        and (
            policies.triggers is null
            or (
                {{ in_list("'meeting_request'", 'policies.triggers') }}
                and handoffs.has_requested_meeting
            )
        )
),

hours as (
    select * from {{ ref('int_business_hours') }}
),

-- The clock in business seconds since the calendar began.
started as (
    select
        matched.*,
        {{ business_seconds('matched.handed_off_at', 'hours') }} as start_seconds
    from matched
    inner join hours
        on matched.calendar_id = hours.calendar_id
        and matched.handed_off_at >= hours.closed_since
        and matched.handed_off_at < hours.closes_at
    where matched.policy_rank = 1
),

-- Due when the last minute is used up: at the close of a day, not at the opening of the next.
final as (
    select
        started.handoff_id,
        started.grade,
        started.segment_id,
        started.sla_policy_id,
        started.sla_business_minutes,
        started.calendar_id,
        started.start_seconds,
        hours.opens_at
        + (
            started.start_seconds + started.sla_business_minutes * 60 - hours.minutes_before * 60
        ) * interval '1' second as due_at
    from started
    inner join hours
        on started.calendar_id = hours.calendar_id
        and started.start_seconds + started.sla_business_minutes * 60 > hours.minutes_before * 60
        and started.start_seconds + started.sla_business_minutes * 60
        <= (hours.minutes_before + hours.working_minutes) * 60
)

select * from final
