{{ config(materialized='view') }}

with

source as (
    {{ earlier_versions(source('salesforce', 'lead')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,

        -- values
        title as job_title,
        owner_id,
        status,
        number_of_employees as employees,
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
