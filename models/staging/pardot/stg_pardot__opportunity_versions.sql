{{ config(materialized='view') }}

with

source as (
    {{ earlier_versions(source('pardot', 'opportunity')) }}
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
        version_at
    from source
    where version_at is not null
)

select * from renamed
