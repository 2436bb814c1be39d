{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('hubspot', 'engagement_contact')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        engagement_id,
        contact_id,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
