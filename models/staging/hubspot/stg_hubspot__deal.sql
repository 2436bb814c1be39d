with

source as (
    {{ latest_versions(source('hubspot', 'deal')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        deal_id,
        property_hs_salesforceopportunityid as crm_opportunity_id,
        deal_pipeline_stage_id as stage_id,
        coalesce(owner_id, property_hubspot_owner_id) as owner_id,

        -- texts
        property_dealname as deal_name,
        replace(property_hs_merged_object_ids, ' ', '') as merged_deal_ids,

        -- numbers
        property_amount as amount,
        property_hs_deal_stage_probability as probability,

        -- booleans
        property_hs_is_closed as is_closed,
        property_hs_is_closed_won as is_won,

        -- times
        property_closedate as close_date,
        {{ known_since('property_createdate') }} as created_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
