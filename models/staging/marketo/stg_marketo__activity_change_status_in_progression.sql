{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('marketo', 'activity_change_status_in_progression')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        lead_id as person_id,
        campaign_id,
        coalesce(program_id, primary_attribute_value_id) as program_id,

        -- texts
        primary_attribute_value as program_name,
        new_status,

        -- times
        activity_date as occurred_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
