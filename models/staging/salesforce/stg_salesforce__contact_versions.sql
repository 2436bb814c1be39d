{{ config(materialized='view') }}

with

source as (
    {{ earlier_versions(source('salesforce', 'contact')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,

        -- values
        title as job_title,
        owner_id,
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
