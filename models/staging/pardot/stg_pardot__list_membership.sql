with

source as (
    {{ latest_versions(source('pardot', 'list_membership')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        list_id,
        prospect_id,

        -- booleans
        opted_out as is_opted_out,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
