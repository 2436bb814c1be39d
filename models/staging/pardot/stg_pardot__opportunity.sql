with

source as (
    {{ latest_versions(source('pardot', 'opportunity')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        coalesce(crm_opportunity_fid, 'pardot:' || id) as opportunity_id,

        -- texts
        stage as stage_name,

        -- numbers
        probability,
        value as amount,

        -- booleans
        coalesce(lower(status) in ('won', 'lost'), false) as is_closed,
        coalesce(lower(status) = 'won', false) as is_won,

        -- times
        closed_at as close_date,
        {{ known_since('created_at') }} as created_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
