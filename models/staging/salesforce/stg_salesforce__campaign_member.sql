{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('salesforce', 'campaign_member')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        campaign_id,
        coalesce(contact_id, lead_id) as person_id,

        -- texts
        status as member_status,

        -- times
        first_responded_date as responded_at,
        coalesce(created_date, first_responded_date) as created_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
