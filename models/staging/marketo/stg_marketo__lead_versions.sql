{{ config(materialized='view') }}

with

source as (
    {{ earlier_versions(source('marketo', 'lead')) }}
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
        stated_problem,
        decision_role,

        -- times
        version_at,
        landed_at
    from source
)

select * from renamed
