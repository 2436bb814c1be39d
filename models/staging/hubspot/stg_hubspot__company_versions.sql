{{ config(materialized='view') }}

with

source as (
    {{ earlier_versions(source('hubspot', 'company')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,

        -- values
        property_type as company_type,
        property_lifecyclestage as lifecycle_stage,
        property_numberofemployees as employees,

        -- times
        version_at,
        landed_at
    from source
)

select * from renamed
