with

source as (
    {{ latest_versions(source('hubspot', 'deal_stage')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        deal_id,
        value as stage_id,

        -- times
        _occurred_at as entered_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
