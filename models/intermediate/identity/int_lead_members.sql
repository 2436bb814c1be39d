with

records as (
    select * from {{ ref('int_person_records') }}
),

competitor_domains as (
    select matched_text as email_domain
    from {{ ref('int_exclusion_texts') }}
    where match_on = 'email_domain' and exclusion_reason = 'competitor'
    group by matched_text
),

final as (
    select
        identities.lead_id,
        identities.match_rule,
        identities.match_probability,
        records.*,
        competitor_domains.email_domain is not null as is_competitor,
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
    left join competitor_domains on records.email_domain = competitor_domains.email_domain
)

select * from final
