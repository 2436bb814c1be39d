{{ config(materialized='view') }}

with

source as (
    select * from {{ source('salesforce', 'account') }}
),

renamed as (
    select
        -- ids
        _key as record_id,

        -- values
        type as account_type,
        number_of_employees as employees,

        -- times
        coalesce(_version_at, created_date) as version_at
    from source
    where
        coalesce(_version_at, _occurred_at, {{ as_of() }}) <= {{ as_of() }}
        and not _is_deleted
)

select * from renamed
