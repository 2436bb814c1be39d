with

source as (
    {{ latest_versions(source('hubspot', 'owner')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        owner_id,
        coalesce(user_id, active_user_id) as user_id,

        -- texts
        concat_ws(' ', last_name, first_name) as owner_name,
        email,

        -- booleans
        coalesce(is_active, true) as is_active,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
