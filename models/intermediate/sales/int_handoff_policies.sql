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
        coalesce(owners.calendar_id, policies.calendar_id) as calendar_id,
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
    left join {{ ref('int_handoff_owners') }} as owners
        on handoffs.handoff_id = owners.handoff_id
),

hours as (
    select * from {{ ref('int_business_hours') }}
),

-- The clock in business microseconds since the calendar began.
started as (
    select
        matched.*,
        {{ business_time('matched.handed_off_at', 'hours') }} as business_time_before
    from matched
    inner join hours
        on matched.calendar_id = hours.calendar_id
        and matched.handed_off_at >= hours.closed_since
        and matched.handed_off_at < hours.closes_at
    where matched.policy_rank = 1
),

-- When the last minute will be used up, on the same clock.
ending as (
    select
        *,
        business_time_before + sla_business_minutes * {{ microseconds_per_minute() }}
            as business_time_due
    from started
),

-- Due when the last minute is used up: at the close of a day, not at the opening of the next.
final as (
    select
        ending.handoff_id,
        ending.grade,
        ending.segment_id,
        ending.sla_policy_id,
        ending.sla_business_minutes,
        ending.calendar_id,
        ending.business_time_before,
        {{ later_by(
            'hours.opens_at',
            'ending.business_time_due - hours.minutes_before * ' ~ microseconds_per_minute()
        ) }} as due_at
    from ending
    inner join hours
        on ending.calendar_id = hours.calendar_id
        and ending.business_time_due > hours.minutes_before * {{ microseconds_per_minute() }}
        and ending.business_time_due
        <= (hours.minutes_before + hours.working_minutes) * {{ microseconds_per_minute() }}
)

select * from final
