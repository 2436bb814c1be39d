with

final as (
    select
        own_lead_id as old_lead_id,
        lead_id
    from {{ source('identity', 'person_identities') }}
    where lead_id is not null and own_lead_id <> lead_id
)

select * from final
