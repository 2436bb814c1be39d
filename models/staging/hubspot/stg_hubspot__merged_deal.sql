with

source as (
    {{ latest_versions(source('hubspot', 'merged_deal')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        deal_id as surviving_deal_id,
        merged_deal_id,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
