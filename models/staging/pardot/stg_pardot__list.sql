with

source as (
    {{ latest_versions(source('pardot', 'list')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,

        -- texts
        name as list_name,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
