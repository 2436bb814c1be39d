{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


with

ledger as (
    select * from {{ ref('fct_score_ledger') }}
    where points_awarded <> 0 and {{ only_changed('lead_id', 'int_changed_leads') }}
),

settings as (
    select * from {{ ref('score_settings') }}
),

changes as (
    select
        ledger.lead_id,
        ledger.effective_on as score_date,
        {{ ledger_points('behaviour') }} as behaviour_points,
        {{ ledger_points('attribute') }} as attribute_points,
        {{ ledger_points('manual') }} as manual_points
    from ledger
    group by ledger.lead_id, ledger.effective_on
),

-- Exact sums: decimals add up the same in every order.
valued as (
    select
        days.lead_id,
        days.score_date,
        sum(
            {{
                decayed(
                    'changes.behaviour_points',
                    'changes.score_date',
                    'days.score_date',
                    'settings.half_life_days'
                )
            }}
        ) as behaviour_score,
        sum(changes.attribute_points) as attribute_score,
        sum(changes.manual_points) as manual_score
    from changes as days
    inner join changes
        on days.lead_id = changes.lead_id and days.score_date >= changes.score_date
    inner join settings on {{ holds_on('settings', 'days.score_date') }}
    group by days.lead_id, days.score_date
),

final as (
    select
        lead_id,
        score_date,
        cast(behaviour_score as double) as behaviour_score,
        cast(attribute_score as double) as attribute_score,
        cast(manual_score as double) as manual_score,
        cast(behaviour_score + attribute_score + manual_score as double) as total_score
    from valued
)

select * from final
