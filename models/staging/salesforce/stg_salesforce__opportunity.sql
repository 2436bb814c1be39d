with

source as (
    {{ latest_versions(source('salesforce', 'opportunity')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as opportunity_id,
        account_id,
        owner_id,
        campaign_id,

        -- texts
        name as opportunity_name,
        stage_name,
        lead_source,

        -- numbers
        probability,
        amount,

        -- booleans
        coalesce(is_closed, false) as is_closed,
        coalesce(is_won, false) as is_won,

        -- times
        close_date,
        {{ known_since('created_date') }} as created_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
