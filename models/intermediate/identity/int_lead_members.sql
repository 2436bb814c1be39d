with

records as (
    select * from {{ ref('int_person_records') }}
),

final as (
    select
        identities.lead_id,
        identities.match_rule,
        identities.match_probability,
        records.*,
        -- The order in which records speak for their person.
        row_number() over (
            partition by identities.lead_id
            order by
                records.record_status = 'deleted',
                records.is_merged,
                records.record_rank,
                records.created_at,
                records.connector,
                records.record_type,
                records.record_id
        ) as member_rank
    from records
    inner join {{ source('identity', 'person_identities') }} as identities
        on records.record_key = identities.record_key
)

select * from final
