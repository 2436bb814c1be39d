with

source as (
    {{ latest_versions(source('hubspot', 'team')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as team_id,

        -- texts
        name as team_name,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
