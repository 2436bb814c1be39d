with

final as (
    select
        connector,
        record_type,
        record_id,
        lead_id,
        match_rule,
        match_probability
    from {{ ref('int_lead_members') }}
    where record_status = 'used' and lead_id is not null
)

select * from final
