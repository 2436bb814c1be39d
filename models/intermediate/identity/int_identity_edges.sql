with

records as (
    select * from {{ ref('int_person_records') }}
),

-- An address that many people share joins nobody.
by_email as (
    select
        record_key,
        min(record_key) over (partition by email) as first_record_key
    from records
    where email is not null and not is_shared_mailbox
),

final as (
    select
        record_key as record_key_a,
        first_record_key as record_key_b,
        'email' as match_rule
    from by_email
    where record_key <> first_record_key

    union

    select record_key_a, record_key_b, match_rule
    from {{ ref('int_identity_links_unioned') }}
)

select * from final
