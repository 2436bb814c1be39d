with

-- An exclusion ends a stay, but leads to no stage.
steps as (
    select
        segment_id,
        stage_key as from_stage,
        next_stage as to_stage,
        {{ local_day('exited_at') }} as left_on,
        {{ days_between('entered_at', 'exited_at') }} as days_in_stage
    from {{ ref('int_funnel_stays') }}
    where next_stage is not null
),

in_segments as (
    select * from steps
    union all
    select
        'all' as segment_id,
        from_stage,
        to_stage,
        left_on,
        days_in_stage
    from steps
),

grains as (
    select 'day' as period_grain
    union all
    select 'week' as period_grain
    union all
    select 'month' as period_grain
    union all
    select 'quarter' as period_grain
),

in_periods as (
    select
        grains.period_grain,
        {{ period_start('grains.period_grain', 'in_segments.left_on') }} as period_start,
        in_segments.segment_id,
        in_segments.from_stage,
        in_segments.to_stage,
        in_segments.days_in_stage
    from in_segments
    cross join grains
),

-- Continuous quantiles: between two stays the value is interpolated.
final as (
    select
        period_grain,
        period_start,
        segment_id,
        from_stage,
        to_stage,
        count(*) as leads,
        percentile_cont(0.25) within group (order by days_in_stage) as p25_days,
        percentile_cont(0.5) within group (order by days_in_stage) as median_days,
        percentile_cont(0.75) within group (order by days_in_stage) as p75_days
    from in_periods
    group by period_grain, period_start, segment_id, from_stage, to_stage
)

select * from final
