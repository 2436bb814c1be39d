{{ config(materialized='view') }}

with

source as (
    select * from {{ source('pardot', 'prospect') }}
),

-- One version alone tells nothing of time.
repeated as (
    select _key from source
    group by _key
    having count(*) > 1
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
        coalesce(_version_at, created_at) as version_at,
        min(_synced_at) over (partition by _key, _row_hash) as landed_at
    from source
    where
        _key in (select repeated._key from repeated)
        and coalesce(_version_at, _occurred_at, {{ as_of() }}) <= {{ as_of() }}
        and not _is_deleted
)

select * from renamed
