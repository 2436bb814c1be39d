with

source as (
    {{ latest_versions(source('hubspot', 'company')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as company_id,
        property_salesforceaccountid as crm_account_id,
        property_hs_parent_company_id as parent_id,
        property_hubspot_owner_id as owner_id,

        -- texts
        property_name as company_name,
        property_type as company_type,
        property_lifecyclestage as lifecycle_stage,
        property_industry as industry,
        coalesce(property_domain, property_website) as website,
        property_state as state,
        corporate_number,
        replace(property_hs_merged_object_ids, ' ', '') as merged_company_ids,

        -- numbers
        property_numberofemployees as employees,

        -- times
        {{ known_since('property_createdate') }} as created_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
