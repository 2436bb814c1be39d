with

source as (
    {{ latest_versions(source('hubspot', 'contact_merge_audit')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        coalesce(canonical_vid, contact_id) as surviving_contact_id,
        vid_to_merge as merged_contact_id,

        -- times
        _occurred_at as merged_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
