{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('hubspot', 'email_event')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as event_id,
        email_campaign_id as campaign_id,
        -- The sending itself is what all else that happens to the mail goes back to.
        coalesce(sent_by_id, case when upper(type) = 'SENT' then id end) as sent_by_id,

        -- texts
        upper(type) as event_type,
        recipient,

        -- booleans
        coalesce(filtered_event, false) as is_filtered,

        -- times
        created as occurred_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
