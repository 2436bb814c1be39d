{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('salesforce', 'event')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        who_id as person_id,
        what_id,
        owner_id,
        created_by_id,

        -- texts
        subject,
        type as event_type,
        event_subtype,
        status,

        -- times
        coalesce(start_date_time, activity_date_time) as starts_at,
        coalesce(
            end_date_time,
            coalesce(start_date_time, activity_date_time)
            + cast(coalesce(duration_in_minutes, 0) as integer) * interval '1' minute
        ) as ends_at,
        created_date as created_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
