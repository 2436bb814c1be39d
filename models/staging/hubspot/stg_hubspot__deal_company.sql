with

source as (
    {{ latest_versions(source('hubspot', 'deal_company')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        deal_id,
        company_id,
        type_id,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
