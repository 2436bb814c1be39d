with

-- Excluded leads are no cohort's; who became a customer on the way is what it is for.
left_out as (
    select exclusions.lead_id
    from {{ ref('int_exclusions') }} as exclusions
    inner join {{ ref('int_lead_starts') }} as starts on exclusions.lead_id = starts.lead_id
    where exclusions.from_at <= starts.first_seen_at and exclusions.to_at is null

    union

    select lead_id from {{ ref('dim_leads') }}
    where lifecycle = 'excluded'
),

leads as (
    select
        lead_id,
        segment_id,
        {{ local_time('created_at') }} as created_at,
        cast(date_trunc('month', {{ local_time('created_at') }}) as date) as cohort_month
    from {{ ref('dim_leads') }}
    where lead_id not in (select left_out.lead_id from left_out)
),

-- Every lead counts in its own segment and in that of all.
in_segments as (
    select * from leads
    union all
    select
        lead_id,
        'all' as segment_id,
        created_at,
        cohort_month
    from leads
),

cohorts as (
    select
        cohort_month,
        segment_id,
        count(*) as leads
    from in_segments
    group by cohort_month, segment_id
),

reached as (
    select
        in_segments.cohort_month,
        in_segments.segment_id,
        milestones.milestone,
        {{ months_until('in_segments.created_at', local_time('milestones.reached_at')) }}
            as months_since,
        count(*) as newly_reached
    from in_segments
    inner join {{ ref('int_lead_milestones') }} as milestones
        on in_segments.lead_id = milestones.lead_id
    group by
        in_segments.cohort_month,
        in_segments.segment_id,
        milestones.milestone,
        {{ months_until('in_segments.created_at', local_time('milestones.reached_at')) }}
),

milestone_names as (
    select 'interested' as milestone
    union all
    select 'mql' as milestone
    union all
    select 'sql' as milestone
    union all
    select 'meeting' as milestone
    union all
    select 'opportunity' as milestone
    union all
    select 'won' as milestone
),

month_starts as (
    select calendar_date as month_start
    from {{ source('calendar', 'business_days') }}
    where
        calendar_id = 'default'
        and calendar_date = date_trunc('month', calendar_date)
        and calendar_date <= {{ local_day(as_of()) }}
),

-- A month that has not begun for anybody of a cohort has no row.
dense as (
    select
        cohorts.cohort_month,
        cohorts.segment_id,
        milestone_names.milestone,
        {{ dbt.datediff('cohorts.cohort_month', 'month_starts.month_start', 'month') }}
            as months_since,
        cohorts.leads
    from cohorts
    inner join month_starts on cohorts.cohort_month <= month_starts.month_start
    cross join milestone_names
),

final as (
    select
        dense.cohort_month,
        dense.segment_id,
        dense.milestone,
        cast(dense.months_since as integer) as months_since,
        cast(dense.leads as bigint) as leads,
        cast(sum(coalesce(reached.newly_reached, 0)) over (
            partition by dense.cohort_month, dense.segment_id, dense.milestone
            order by dense.months_since
            rows between unbounded preceding and current row
        ) as bigint) as reached
    from dense
    left join reached
        on dense.cohort_month = reached.cohort_month
        and dense.segment_id = reached.segment_id
        and dense.milestone = reached.milestone
        and dense.months_since = reached.months_since
)

select * from final
