with

listed as (
    select
        contact_id,
        {{ one_per_member('merged_contact_ids', ';') }} as member
    from {{ ref('stg_hubspot__contact') }}
    where record_status <> 'not_yet'
),

merged_pairs as (
    -- The newer list says behind a colon when it happened.
    select
        contact_id as surviving_contact_id,
        split_part(member, ':', 1) as merged_contact_id
    from listed

    union

    select surviving_contact_id, merged_contact_id
    from {{ ref('stg_hubspot__contact_merge_audit') }}
    where record_status = 'used'
)

select
    'hubspot:contact:' || merged_contact_id as record_key_a,
    'hubspot:contact:' || surviving_contact_id as record_key_b,
    'merge' as match_rule
from merged_pairs
where merged_contact_id not in ('', surviving_contact_id)

union all

select
    'hubspot:contact:' || record_id as record_key_a,
    'salesforce:lead:' || crm_lead_id as record_key_b,
    'foreign_id' as match_rule
from {{ ref('stg_hubspot__contact') }}
where crm_lead_id is not null and record_status <> 'not_yet'

union all

select
    'hubspot:contact:' || record_id as record_key_a,
    'salesforce:contact:' || crm_contact_id as record_key_b,
    'foreign_id' as match_rule
from {{ ref('stg_hubspot__contact') }}
where crm_contact_id is not null and record_status <> 'not_yet'
