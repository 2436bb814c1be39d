with

source as (
    {{ latest_versions(source('hubspot', 'deal_contact')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        deal_id,
        contact_id,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
