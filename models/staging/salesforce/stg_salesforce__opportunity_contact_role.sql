with

source as (
    {{ latest_versions(source('salesforce', 'opportunity_contact_role')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        opportunity_id,
        contact_id,

        -- texts
        role,

        -- booleans
        is_primary,

        -- times
        {{ known_since('created_date') }} as created_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
