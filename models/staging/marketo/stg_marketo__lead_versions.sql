{{ config(materialized='view') }}

with

source as (
    select * from {{ source('marketo', 'lead') }}
),

renamed as (
    select
        -- ids
        _key as record_id,

        -- values
        title as job_title,
        number_of_employees as employees,
        purchase_timeline,
        budget,
        decision_role,

        -- times
        coalesce(_version_at, created_at) as version_at
    from source
    where
        coalesce(_version_at, _occurred_at, {{ as_of() }}) <= {{ as_of() }}
        and not _is_deleted
)

select * from renamed
