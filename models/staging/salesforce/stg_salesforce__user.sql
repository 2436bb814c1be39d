with

source as (
    {{ latest_versions(source('salesforce', 'user')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as user_id,

        -- texts
        name as user_name,
        email,
        department,
        username,
        time_zone_sid_key as time_zone,

        -- booleans
        coalesce(is_active, false) as is_active,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
