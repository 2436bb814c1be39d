{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('marketo', 'activity_open_email')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        lead_id as person_id,
        email_template_id,
        campaign_id,
        campaign_run_id,

        -- texts
        primary_attribute_value as asset_name,
        user_agent,

        -- booleans
        coalesce(is_bot_activity, false) as is_flagged,

        -- times
        activity_date as occurred_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
