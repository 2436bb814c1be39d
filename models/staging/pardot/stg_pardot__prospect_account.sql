with

source as (
    {{ latest_versions(source('pardot', 'prospect_account')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        crm_account_fid as crm_account_id,

        -- texts
        name as account_name,
        type as account_type,
        industry,
        website,

        -- numbers
        employees,

        -- times
        {{ known_since('created_at') }} as created_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
