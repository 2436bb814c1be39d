{{ config(materialized='table') }}

with

contacts as (
    select * from {{ ref('stg_hubspot__contact') }}
    where record_status <> 'not_yet'
),

normal_forms as (
    select * from {{ source('text', 'email') }}
),

additional as (
    select
        contact_id,
        {{ one_per_member('additional_emails', ';') }} as address
    from contacts
),

-- A mail went to the address of its day: former addresses are still the person's.
addresses as (
    select
        contact_id,
        email as address,
        1 as address_rank
    from contacts

    union all

    select
        contact_id,
        address,
        2 as address_rank
    from additional

    union all

    select
        record_id as contact_id,
        email as address,
        3 as address_rank
    from {{ ref('stg_hubspot__contact_versions') }}

    union all

    select
        contact_id,
        value as address,
        3 as address_rank
    from {{ ref('stg_hubspot__contact_property_history') }}
    where field = 'email' and record_status = 'used'
),

normalised as (
    select
        addresses.contact_id,
        addresses.address_rank,
        coalesce(normal_forms.email, lower(trim(addresses.address))) as address
    from addresses
    left join normal_forms on addresses.address = normal_forms.raw_value
    where addresses.address <> ''
),

ranked as (
    select
        normalised.address,
        normalised.contact_id,
        row_number() over (
            partition by normalised.address
            order by
                contacts.record_status = 'deleted',
                normalised.address_rank,
                contacts.is_merged,
                contacts.created_at,
                contacts.contact_id
        ) as contact_rank
    from normalised
    inner join contacts on normalised.contact_id = contacts.contact_id
),

final as (
    select address, contact_id from ranked
    where contact_rank = 1
)

select * from final
