{{ config(materialized='view') }}

with

source as (
    select * from {{ source('salesforce', 'lead') }}
),

renamed as (
    select
        -- ids
        _key as record_id,

        -- values
        title as job_title,
        status,
        number_of_employees as employees,
        purchase_timeline,
        budget,
        decision_role,
        reject_reason,

        -- times
        coalesce(_version_at, created_date) as version_at
    from source
    where
        coalesce(_version_at, _occurred_at, {{ as_of() }}) <= {{ as_of() }}
        and not _is_deleted
)

select * from renamed
