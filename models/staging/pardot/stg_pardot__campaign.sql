with

source as (
    {{ latest_versions(source('pardot', 'campaign')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,

        -- texts
        name as campaign_name,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
