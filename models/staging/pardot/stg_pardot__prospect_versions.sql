{{ config(materialized='view') }}

with

source as (
    {{ earlier_versions(source('pardot', 'prospect')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        crm_account_fid as crm_account_id,
        prospect_account_id,

        -- values
        job_title,
        employees,
        purchase_timeline,
        budget,
        stated_problem,
        decision_role,
        coalesce(crm_owner_fid, user_id) as owner_id,
        reject_reason,

        -- times
        version_at,
        landed_at
    from source
)

select * from renamed
