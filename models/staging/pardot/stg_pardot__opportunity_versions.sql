{{ config(materialized='view') }}

with

source as (
    select * from {{ source('pardot', 'opportunity') }}
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

        -- values
        stage as stage_name,
        probability,
        coalesce(lower(status) in ('won', 'lost'), false) as is_closed,

        -- times
        coalesce(_version_at, created_at) as version_at
    from source
    where
        _key in (select repeated._key from repeated)
        and coalesce(_version_at, _occurred_at) <= {{ as_of() }}
        and not _is_deleted
)

select * from renamed
