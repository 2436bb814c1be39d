with

source as (
    {{ latest_versions(source('hubspot', 'contact_company')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        contact_id,
        company_id,
        type_id,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
