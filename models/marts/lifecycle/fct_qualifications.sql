with

mqls as (
    select
        lead_id,
        'mql' as qualification,
        qualified_at,
        lost_at,
        lost_reason,
        criteria_version,
        'total ' || cast(cast(total_at_gain as decimal(18, 6)) as varchar)
        || coalesce('; ledger ' || ledger_id, '') as evidence
    from {{ source('lifecycle', 'mqls') }}
),

sqls as (
    select
        lead_id,
        'sql' as qualification,
        qualified_at,
        lost_at,
        lost_reason,
        criteria_version,
        'basis ' || basis
        || '; trigger ' || trigger || coalesce(' ' || trigger_id, '')
        || '; deadline ' || coalesce(cast(purchase_deadline as varchar), 'none')
        || '; role ' || coalesce(buying_role, 'none')
        || '; budget known ' || coalesce(cast(is_budget_known as varchar), 'false')
        || '; target size ' || coalesce(cast(is_target_size as varchar), 'false') as evidence
    from {{ source('lifecycle', 'sqls') }}
),

qualifications as (
    select * from mqls
    union all
    select * from sqls
),

final as (
    select
        lead_id,
        qualification,
        qualified_at,
        {{ up_to_as_of('lost_at') }} as lost_at,
        case when lost_at <= {{ as_of() }} then lost_reason end as lost_reason,
        criteria_version,
        evidence
    from qualifications
    where qualified_at <= {{ as_of() }}
)

select * from final
