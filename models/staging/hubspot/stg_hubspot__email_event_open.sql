{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('hubspot', 'email_event_open')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as event_id,

        -- texts
        user_agent,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
