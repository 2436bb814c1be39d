{{ config(materialized='view') }}

with

source as (
    {{ earlier_versions(source('salesforce', 'account')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,

        -- values
        type as account_type,
        number_of_employees as employees,

        -- times
        version_at,
        landed_at
    from source
)

select * from renamed
