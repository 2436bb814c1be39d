{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


with

-- Only who has points enough can be an MQL, and so end as one for want of activity.
points as (
    select lead_id, points from {{ ref('int_score_candidates') }}
    where points > 0
        and eligibility = 'eligible'
        and {{ only_changed('lead_id', 'int_changed_leads') }}
    union all
    select lead_id, points from {{ ref('int_attribute_points') }}
    where points > 0 and {{ only_changed('lead_id', 'int_changed_leads') }}
    union all
    select lead_id, points from {{ ref('int_manual_points') }}
    where points > 0 and {{ only_changed('lead_id', 'int_changed_leads') }}
),

-- Between two rows that tell of no pause lie at most two months: too long for a shorter patience.
criteria as (
    select
        min(threshold) as least_threshold,
        min(active_within_days) < 62 as is_every_day_told
    from {{ ref('mql_criteria') }}
),

able_leads as (
    select
        points.lead_id,
        criteria.is_every_day_told
    from points
    cross join criteria
    group by points.lead_id, criteria.least_threshold, criteria.is_every_day_told
    having sum(points.points) >= criteria.least_threshold
),

days as (
    select
        activities.lead_id,
        activities.occurred_on,
        able_leads.is_every_day_told,
        min(activities.occurred_at) as first_at,
        max(activities.occurred_at) as last_at
    from {{ ref('fct_activities') }} as activities
    inner join able_leads on activities.lead_id = able_leads.lead_id
    where
        not activities.is_machine
        and activities.activity_type in (
            'page_view', 'link_click', 'form_submit', 'download', 'inquiry', 'meeting_request',
            'email_open', 'email_click', 'event_registered', 'event_attended', 'sales_meeting'
        )
    group by activities.lead_id, activities.occurred_on, able_leads.is_every_day_told
),

in_order as (
    select
        *,
        lead(first_at) over (partition by lead_id order by occurred_on) as next_first_at,
        row_number() over (
            partition by lead_id, date_trunc('month', occurred_on) order by occurred_on
        ) as number_in_month
    from days
),

-- The first of a month and the last before a pause of a month tell of every pause of three months.
final as (
    select lead_id, first_at as occurred_at from in_order
    where number_in_month = 1 or is_every_day_told

    union

    select lead_id, last_at as occurred_at from in_order
    where
        next_first_at is null
        or next_first_at > last_at + interval '30' day
        or is_every_day_told

    union

    -- The silence of a lead that has done nothing yet counts since it is known.
    select
        starts.lead_id,
        starts.first_seen_at as occurred_at
    from {{ ref('int_lead_starts') }} as starts
    inner join able_leads on starts.lead_id = able_leads.lead_id
)

select * from final
