with

source as (
    {{ latest_versions(source('salesforce', 'campaign')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as campaign_id,
        parent_id,

        -- texts
        name as campaign_name,
        type as campaign_type,

        -- times
        start_date as starts_at,
        end_date as ends_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
