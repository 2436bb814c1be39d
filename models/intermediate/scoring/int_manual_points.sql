{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


with

members as (
    select * from {{ ref('int_lead_members') }}
    where lead_id is not null and {{ only_changed('lead_id', 'int_changed_leads') }}
),

-- Whatever record of a person is named, the points are the person's.
adjustments as (
    select
        members.lead_id,
        adjustments.*,
        adjustments.reason || ' (' || adjustments.author || ')' as note,
        {{ local_midnight('adjustments.valid_from') }} as from_at,
        {{ local_midnight('adjustments.valid_to') }} as to_at
    from {{ ref('score_adjustments') }} as adjustments
    inner join members
        on adjustments.connector = members.connector
        and adjustments.record_type = members.record_type
        and adjustments.record_id = members.record_id
),

final as (
    select
        'manual:given:' || adjustment_id as ledger_id,
        lead_id,
        from_at as effective_at,
        points,
        note
    from adjustments

    union all

    select
        'manual:taken:' || adjustment_id as ledger_id,
        lead_id,
        to_at as effective_at,
        -points as points,
        note
    from adjustments
    where to_at is not null
)

select * from final
