with

source as (
    {{ latest_versions(source('marketo', 'activity_delete_lead')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        lead_id as deleted_lead_id,

        -- times
        activity_date as deleted_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
