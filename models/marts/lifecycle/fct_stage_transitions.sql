with

transitions as (
    select * from {{ source('lifecycle', 'transitions') }}
    where entered_at <= {{ as_of() }}
),

segments as (
    select * from {{ ref('int_lead_segments') }}
),

final as (
    select
        transitions.lead_id,
        transitions.from_stage,
        transitions.to_stage,
        transitions.entered_at,
        {{ up_to_as_of('transitions.exited_at') }} as exited_at,
        transitions.direction,
        transitions."trigger",
        transitions.trigger_id,
        coalesce(segments.segment_id, 'unknown-unknown') as segment_id,
        -- Whole seconds up to the exit, or up to the as-of: this stay, and all stays in the stage so far.
        {{ dbt.datediff('transitions.entered_at', 'coalesce(' ~ up_to_as_of('transitions.exited_at') ~ ', ' ~ as_of() ~ ')', 'second') }}
            as seconds_in_stage,
        sum(
            {{ dbt.datediff('transitions.entered_at', 'coalesce(' ~ up_to_as_of('transitions.exited_at') ~ ', ' ~ as_of() ~ ')', 'second') }}
        ) over (
            partition by transitions.lead_id, transitions.to_stage
            order by transitions.entered_at
            rows between unbounded preceding and current row
        ) as seconds_in_stage_so_far
    from transitions
    left join segments
        on transitions.lead_id = segments.lead_id
        and transitions.entered_at >= segments.valid_from
        and (segments.valid_to is null or transitions.entered_at < segments.valid_to)
)

select
    lead_id,
    from_stage,
    to_stage,
    entered_at,
    exited_at,
    direction,
    "trigger",
    trigger_id,
    segment_id,
    cast(seconds_in_stage as bigint) as seconds_in_stage,
    cast(seconds_in_stage_so_far as bigint) as seconds_in_stage_so_far
from final
