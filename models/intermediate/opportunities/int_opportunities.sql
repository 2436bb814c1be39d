with

ranked as (
    select
        *,
        row_number() over (
            partition by opportunity_id
            order by connector_order, record_status = 'deleted', created_at, record_id
        ) as teller_rank
    from {{ ref('int_opportunities_unioned') }}
),

-- A deal told by several tools is one: what the first of them says, also that it is deleted.
final as (
    select
        opportunity_id,
        connector,
        record_id,
        crm_account_id,
        owner_id,
        created_at,
        amount,
        is_won,
        closed_at,
        landed_at
    from ranked
    where teller_rank = 1 and record_status = 'used'
)

select * from final
