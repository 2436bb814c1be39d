{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


with

activities as (
    select * from {{ ref('fct_activities') }}
    where
        lead_id is not null
        and not is_machine
        and duplicate_of is null
        and {{ only_changed('lead_id', 'int_changed_leads') }}
),

positive as (
    select
        lead_id,
        occurred_at
    from activities
    where activity_type in ('inquiry', 'meeting_request')

    union

    select
        lead_id,
        effective_at as occurred_at
    from {{ ref('int_score_candidates') }}
    where points > 0
        and eligibility <> 'machine'
        and {{ only_changed('lead_id', 'int_changed_leads') }}
),

careers_views as (
    select
        lead_id,
        occurred_at,
        lag(occurred_at, 2) over (partition by lead_id order by occurred_at, activity_id)
            as second_before_at
    from activities
    where activity_type = 'page_view' and content_category = 'careers'
),

-- The third careers view within 90 days, unless something positive happened in these days.
third_views as (
    select
        careers_views.lead_id,
        careers_views.occurred_at as from_at
    from careers_views
    left join positive
        on careers_views.lead_id = positive.lead_id
        and positive.occurred_at <= careers_views.occurred_at
        and positive.occurred_at >= careers_views.occurred_at - interval '90' day
    where
        careers_views.second_before_at >= careers_views.occurred_at - interval '90' day
        and positive.lead_id is null
),

applications as (
    select
        lead_id,
        occurred_at as from_at
    from activities
    where content_category = 'job_application'
),

signs as (
    select * from third_views
    union
    select * from applications
),

ended as (
    select
        signs.lead_id,
        signs.from_at,
        min(positive.occurred_at) as to_at
    from signs
    left join positive
        on signs.lead_id = positive.lead_id
        and positive.occurred_at > signs.from_at
    group by signs.lead_id, signs.from_at
),

final as (
    select
        lead_id,
        min(from_at) as from_at,
        to_at,
        'job_seeker' as reason
    from ended
    group by lead_id, to_at
)

select * from final
