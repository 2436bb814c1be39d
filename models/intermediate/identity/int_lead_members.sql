with

records as (
    select * from {{ ref('int_person_records') }}
),

competitors as (
    select distinct records.record_key
    from records
    inner join {{ ref('exclusion_rules') }} as rules
        on rules.match_on = 'email_domain'
        and rules.exclusion_reason = 'competitor'
        and {{ matches('records.email_domain', 'rules.pattern') }}
),

final as (
    select
        identities.lead_id,
        identities.match_rule,
        identities.match_probability,
        records.*,
        competitors.record_key is not null as is_competitor,
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
    left join competitors on records.record_key = competitors.record_key
)

select * from final
