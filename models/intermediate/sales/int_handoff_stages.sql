with

stages as (
    select * from {{ ref('stage_definitions') }}
),

starts as (
    select
        handoff_id,
        lead_id,
        handed_off_at
    from {{ ref('int_handoff_starts') }}
),

-- The evidence that had landed by then: what the ladder of stages would have said that day.
known as (
    select
        starts.handoff_id,
        starts.handed_off_at,
        evidence.from_at,
        greatest(
            evidence.from_at, coalesce(evidence.through_at, starts.handed_off_at)
        ) as through_at,
        evidence.kind,
        evidence.reopens,
        stages.stage_key,
        stages.stage_order
    from starts
    inner join {{ ref('int_stage_evidence') }} as evidence
        on starts.lead_id = evidence.lead_id
        and starts.handed_off_at >= evidence.from_at
        and starts.handed_off_at >= evidence.known_at
    inner join stages on evidence.stage_key = stages.stage_key
),

closings as (
    select
        handoff_id,
        max(from_at) as closed_at,
        max_by(stage_key, {{ earlier_first('from_at', 'stage_key') }}) as closing_stage
    from known
    where kind = 'closing'
    group by handoff_id
),

reopenings as (
    select
        known.handoff_id,
        min(known.from_at) as reopened_at
    from known
    inner join closings
        on known.handoff_id = closings.handoff_id and known.from_at > closings.closed_at
    where known.reopens <> 'none'
    group by known.handoff_id
),

-- After a closing only what came since the lead was led out of it counts.
counted as (
    select known.*
    from known
    left join closings on known.handoff_id = closings.handoff_id
    left join reopenings on known.handoff_id = reopenings.handoff_id
    where
        known.kind <> 'closing'
        and (closings.handoff_id is null or known.from_at >= reopenings.reopened_at)
),

-- What sales says voids what was dated before it, for the stages above its own.
words_of_sales as (
    select
        handoff_id,
        from_at,
        stage_order
    from counted
    where kind in ('status', 'returned')
),

-- Evidence counts for its stage and those below, for each within the stage's own time-out.
standing as (
    select
        counted.handoff_id,
        reached.stage_key,
        reached.stage_order
    from counted
    inner join stages as reached
        on not reached.is_closing and counted.stage_order >= reached.stage_order
    left join words_of_sales
        on counted.handoff_id = words_of_sales.handoff_id
        and counted.from_at < words_of_sales.from_at
        and reached.stage_order > words_of_sales.stage_order
    where
        words_of_sales.handoff_id is null
        and (
            reached.time_out_days is null
            or counted.handed_off_at
            < counted.through_at + reached.time_out_days * interval '1' day
        )
),

highest as (
    select
        handoff_id,
        max_by(stage_key, stage_order) as stage_key
    from standing
    group by handoff_id
),

lowest as (
    select min_by(stage_key, stage_order) as stage_key from stages
    where not is_closing
),

final as (
    select
        starts.handoff_id,
        case
            when closings.handoff_id is not null and reopenings.handoff_id is null
                then closings.closing_stage
            else coalesce(highest.stage_key, lowest.stage_key)
        end as stage_key
    from starts
    cross join lowest
    left join closings on starts.handoff_id = closings.handoff_id
    left join reopenings on starts.handoff_id = reopenings.handoff_id
    left join highest on starts.handoff_id = highest.handoff_id
)

select * from final
