{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('hubspot', 'contact_property_history')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        contact_id,

        -- texts
        lower(name) as field,
        value,

        -- times
        _occurred_at as changed_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
