with

source as (
    {{ latest_versions(source('salesforce', 'account')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as account_id,
        parent_id,
        owner_id,
        master_record_id as merged_into_id,

        -- texts
        name as account_name,
        corporate_number,
        type as account_type,
        industry,
        website,
        billing_state as state,

        -- numbers
        number_of_employees as employees,

        -- times
        {{ known_since('created_date') }} as created_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns(merged_into='master_record_id') }}
    from source
)

select * from renamed
