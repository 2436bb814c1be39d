with

source as (
    {{ latest_versions(source('hubspot', 'owner_team')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        owner_id,
        team_id,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
