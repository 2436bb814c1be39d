{{ config(materialized='view') }}

with

source as (
    select * from {{ source('salesforce', 'contact') }}
),

renamed as (
    select
        -- ids
        _key as record_id,

        -- values
        title as job_title,
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
