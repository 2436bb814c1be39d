-- A period opens with what the former closed with, and all segments add up to `all`.
with

periods as (
    select
        *,
        lag(closing, 1, cast(0 as bigint)) over (
            partition by period_grain, segment_id, stage_key order by period_start
        ) as closed_before
    from {{ ref('funnel_by_period') }}
),

sums as (
    select
        period_grain,
        period_start,
        stage_key,
        sum(case when segment_id = 'all' then entered else -entered end) as entered,
        sum(case when segment_id = 'all' then closing else -closing end) as closing,
        sum(case when segment_id = 'all' then lost else -lost end) as lost,
        sum(case when segment_id = 'all' then moved_on else -moved_on end) as moved_on
    from periods
    group by period_grain, period_start, stage_key
)

select
    period_grain,
    period_start,
    stage_key,
    'opens_with_what_was_closed' as broken_rule
from periods
where opening <> closed_before

union all

select
    period_grain,
    period_start,
    stage_key,
    'segments_add_up_to_all' as broken_rule
from sums
where entered <> 0 or closing <> 0 or lost <> 0 or moved_on <> 0
