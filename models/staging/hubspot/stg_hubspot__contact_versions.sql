{{ config(materialized='view') }}

with

source as (
    select * from {{ source('hubspot', 'contact') }}
),

-- One version alone tells nothing of time.
repeated as (
    select _key from source
    group by _key
    having count(*) > 1
),

renamed as (
    select
        -- ids
        _key as record_id,
        property_hubspot_owner_id as owner_id,

        -- values
        property_email as email,
        property_jobtitle as job_title,
        property_hs_lead_status as status,
        property_lifecyclestage as lifecycle_stage,
        coalesce(property_numberofemployees, property_numemployees) as employees,
        purchase_timeline,
        budget,
        stated_problem,
        decision_role,
        reject_reason,

        -- times
        coalesce(_version_at, _occurred_at) as version_at,
        min(_synced_at) over (partition by _key, _row_hash) as landed_at
    from source
    where
        _key in (select repeated._key from repeated)
        and coalesce(_version_at, _occurred_at, {{ as_of() }}) <= {{ as_of() }}
        and not _is_deleted
)

select * from renamed
