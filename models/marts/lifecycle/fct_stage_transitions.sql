with

transitions as (
    select * from {{ source('lifecycle', 'transitions') }}
    where entered_at <= {{ as_of() }}
),

segments as (
    select * from {{ ref('int_lead_segments') }}
),

timed as (
    select
        transitions.lead_id,
        transitions.from_stage,
        transitions.to_stage,
        transitions.entered_at,
        {{ up_to_as_of('transitions.exited_at') }} as exited_at,
        transitions.direction,
        transitions.trigger,
        transitions.trigger_id,
        coalesce(segments.segment_id, 'unknown-unknown') as segment_id,
        -- Whole seconds up to the exit, or up to the as-of.
        {{
            dbt.datediff(
                'transitions.entered_at',
                earliest(['transitions.exited_at', as_of()]),
                'second'
            )
        }} as seconds_in_stage
    from transitions
    left join segments
        on transitions.lead_id = segments.lead_id
        and transitions.entered_at >= segments.valid_from
        and transitions.entered_at < {{ or_never('segments.valid_to') }}
),

-- This stay, and all stays of the lead in the stage so far.
final as (
    select
        *,
        sum(seconds_in_stage) over (
            partition by lead_id, to_stage
            order by entered_at
            rows between unbounded preceding and current row
        ) as seconds_in_stage_so_far
    from timed
)

select
    lead_id,
    from_stage,
    to_stage,
    entered_at,
    exited_at,
    direction,
    trigger,
    trigger_id,
    segment_id,
    cast(seconds_in_stage as bigint) as seconds_in_stage,
    cast(seconds_in_stage_so_far as bigint) as seconds_in_stage_so_far
from final
