with

stages as (
    select * from {{ ref('stage_definitions') }}
),

transitions as (
    select * from {{ ref('fct_stage_transitions') }}
),

left_for as (
    select
        transitions.*,
        lead(transitions.to_stage) over by_lead as next_stage,
        lead(transitions.direction) over by_lead as next_direction
    from transitions
    window by_lead as (partition by transitions.lead_id order by transitions.entered_at)
),

stays as (
    select
        left_for.lead_id,
        left_for.to_stage as stage_key,
        left_for.segment_id,
        left_for.entered_at,
        left_for.exited_at,
        case
            when left_for.exited_at is null then null
            when left_for.next_stage in ('lost', 'disqualified') then 'lost'
            when left_for.next_direction = 'recycled' then 'recycled'
            when left_for.next_direction = 'backward' then 'fell_back'
            else 'moved_on'
        end as exit_kind,
        left_for.next_stage
    from left_for
    inner join stages on left_for.to_stage = stages.stage_key and not stages.is_closing
),

counted_spans as (
    select * from {{ ref('int_counted_spans') }}
),

-- A stay is cut where an exclusion begins and entered again where it ends.
cut as (
    select
        stays.lead_id,
        stays.stage_key,
        stays.segment_id,
        greatest(stays.entered_at, counted_spans.from_at) as entered_at,
        case
            when counted_spans.to_at < coalesce(stays.exited_at, cast('9999-12-31' as timestamp))
                then counted_spans.to_at
            else stays.exited_at
        end as exited_at,
        case
            when counted_spans.to_at < coalesce(stays.exited_at, cast('9999-12-31' as timestamp))
                then 'lost'
            else stays.exit_kind
        end as exit_kind,
        case
            when counted_spans.to_at >= coalesce(stays.exited_at, cast('9999-12-31' as timestamp))
                then stays.next_stage
        end as next_stage
    from stays
    inner join counted_spans
        on stays.lead_id = counted_spans.lead_id
        and stays.entered_at < counted_spans.to_at
        and (stays.exited_at is null or stays.exited_at > counted_spans.from_at)
),

final as (
    select * from cut
    where
        entered_at <= {{ as_of() }}
        and (exited_at is null or entered_at < exited_at)
)

select * from final
