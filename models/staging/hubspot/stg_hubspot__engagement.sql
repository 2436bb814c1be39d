{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('hubspot', 'engagement')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as engagement_id,
        owner_id,
        created_by as logged_by_user_id,

        -- texts
        upper(type) as engagement_type,

        -- times
        created_at,
        {{ adapter.quote('timestamp') }} as activity_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
