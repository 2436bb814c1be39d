with

source as (
    {{ latest_versions(source('pardot', 'opportunity_prospect')) }}
),

-- The tool tells no creation: the link exists since its first version.
first_versions as (
    select
        _key,
        min(coalesce(_version_at, _synced_at)) as linked_at
    from {{ source('pardot', 'opportunity_prospect') }}
    group by _key
),

renamed as (
    select
        -- ids
        source._key as record_id,
        source.opportunity_id as opportunity_record_id,
        source.prospect_id,

        -- times
        first_versions.linked_at,

        -- the row
        {{ record_columns() }}
    from source
    inner join first_versions on source._key = first_versions._key
)

select * from renamed
