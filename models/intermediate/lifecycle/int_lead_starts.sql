{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


with

members as (
    select * from {{ ref('int_lead_members') }}
    where
        lead_id is not null
        and record_status = 'used'
        and {{ only_changed('lead_id', 'int_changed_leads') }}
),

created as (
    select
        lead_id,
        min(created_at) as created_at
    from members
    group by lead_id
),

first_activities as (
    select
        lead_id,
        min(occurred_at) as first_activity_at
    from {{ ref('fct_activities') }}
    where lead_id is not null and {{ only_changed('lead_id', 'int_changed_leads') }}
    group by lead_id
),

final as (
    select
        created.lead_id,
        created.created_at,
        coalesce(least(created.created_at, first_activities.first_activity_at), created.created_at)
            as first_seen_at
    from created
    left join first_activities on created.lead_id = first_activities.lead_id
)

select * from final
