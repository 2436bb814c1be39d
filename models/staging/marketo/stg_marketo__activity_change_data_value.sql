with

source as (
    {{ latest_versions(source('marketo', 'activity_change_data_value')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        lead_id as person_id,

        -- texts
        primary_attribute_value as field,
        old_value,
        new_value,

        -- times
        activity_date as changed_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
