with

stays as (
    select
        lead_id,
        stage_key,
        segment_id,
        {{ local_day('entered_at') }} as entered_on,
        {{ local_day('exited_at') }} as exited_on,
        exit_kind
    from {{ ref('int_funnel_stays') }}
),

-- Every stay counts in its own segment and in that of all.
in_segments as (
    select * from stays
    union all
    select
        lead_id,
        stage_key,
        'all' as segment_id,
        entered_on,
        exited_on,
        exit_kind
    from stays
),

flows as (
    select
        segment_id,
        stage_key,
        entered_on as flow_on,
        1 as entered,
        0 as moved_on,
        0 as fell_back,
        0 as recycled,
        0 as lost
    from in_segments

    union all

    select
        segment_id,
        stage_key,
        exited_on as flow_on,
        0 as entered,
        case when exit_kind = 'moved_on' then 1 else 0 end as moved_on,
        case when exit_kind = 'fell_back' then 1 else 0 end as fell_back,
        case when exit_kind = 'recycled' then 1 else 0 end as recycled,
        case when exit_kind = 'lost' then 1 else 0 end as lost
    from in_segments
    where exited_on is not null
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

by_period as (
    select
        grains.period_grain,
        {{ period_start('grains.period_grain', 'flows.flow_on') }} as period_start,
        flows.segment_id,
        flows.stage_key,
        sum(flows.entered) as entered,
        sum(flows.moved_on) as moved_on,
        sum(flows.fell_back) as fell_back,
        sum(flows.recycled) as recycled,
        sum(flows.lost) as lost
    from flows
    cross join grains
    group by
        grains.period_grain,
        {{ period_start('grains.period_grain', 'flows.flow_on') }},
        flows.segment_id,
        flows.stage_key
),

first_flows as (
    select
        segment_id,
        stage_key,
        min(flow_on) as first_on
    from flows
    group by segment_id, stage_key
),

-- A period without flows still has who stands in the stage.
periods as (
    select
        grains.period_grain,
        {{ period_start('grains.period_grain', 'days.calendar_date') }} as period_start
    from {{ source('calendar', 'business_days') }} as days
    cross join grains
    where days.calendar_id = 'default' and days.calendar_date <= {{ local_day(as_of()) }}
    group by
        grains.period_grain,
        {{ period_start('grains.period_grain', 'days.calendar_date') }}
),

dense as (
    select
        periods.period_grain,
        periods.period_start,
        first_flows.segment_id,
        first_flows.stage_key,
        coalesce(by_period.entered, 0) as entered,
        coalesce(by_period.moved_on, 0) as moved_on,
        coalesce(by_period.fell_back, 0) as fell_back,
        coalesce(by_period.recycled, 0) as recycled,
        coalesce(by_period.lost, 0) as lost
    from periods
    inner join first_flows
        on periods.period_start
        >= {{ period_start('periods.period_grain', 'first_flows.first_on') }}
    left join by_period
        on periods.period_grain = by_period.period_grain
        and periods.period_start = by_period.period_start
        and first_flows.segment_id = by_period.segment_id
        and first_flows.stage_key = by_period.stage_key
),

summed as (
    select
        *,
        sum(entered - moved_on - fell_back - recycled - lost) over (
            partition by period_grain, segment_id, stage_key
            order by period_start
            rows between unbounded preceding and current row
        ) as closing
    from dense
),

final as (
    select
        period_grain,
        period_start,
        segment_id,
        stage_key,
        cast(closing - entered + moved_on + fell_back + recycled + lost as bigint) as opening,
        cast(entered as bigint) as entered,
        cast(moved_on as bigint) as moved_on,
        cast(fell_back as bigint) as fell_back,
        cast(recycled as bigint) as recycled,
        cast(lost as bigint) as lost,
        cast(closing as bigint) as closing
    from summed
)

select * from final
where opening + entered > 0
