with

source as (
    {{ latest_versions(source('marketo', 'activity_merge_leads')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        lead_id as surviving_lead_id,
        {{ digits_and_commas('merge_ids') }} as merged_lead_ids,

        -- times
        activity_date as merged_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
