with

source as (
    {{ latest_versions(source('salesforce', 'opportunity_field_history')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        opportunity_id,

        -- texts
        field,
        old_value,
        new_value,

        -- times
        created_date as changed_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
