{{ config(materialized='view') }}

with

source as (
    {{ earlier_versions(source('hubspot', 'contact')) }}
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
        version_at,
        landed_at
    from source
)

select * from renamed
