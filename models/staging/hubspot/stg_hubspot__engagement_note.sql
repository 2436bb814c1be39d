{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('hubspot', 'engagement_note')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        engagement_id,
        property_hubspot_owner_id as owner_id,
        property_hs_created_by_user_id as logged_by_user_id,

        -- times
        property_hs_createdate as created_at,
        property_hs_timestamp as activity_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
