-- Only the first row of a lead is initial; each later one begins where and when the former ends.
with

transitions as (
    select
        *,
        lag(to_stage) over by_lead as stage_before,
        lag(exited_at) over by_lead as left_before_at,
        row_number() over by_lead as transition_number
    from {{ ref('fct_stage_transitions') }}
    window by_lead as (partition by lead_id order by entered_at)
)

select * from transitions
where
    (transition_number = 1) <> (direction = 'initial')
    or from_stage is distinct from stage_before
    or (transition_number > 1 and left_before_at is distinct from entered_at)
