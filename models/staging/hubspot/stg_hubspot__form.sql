with

source as (
    {{ latest_versions(source('hubspot', 'form')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        guid as form_id,

        -- texts
        name as form_name,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
