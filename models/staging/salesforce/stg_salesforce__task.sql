{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('salesforce', 'task')) }}
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
        type as task_type,
        task_subtype,
        status,
        call_disposition,

        -- booleans
        coalesce(is_closed, false) as is_closed,

        -- times
        completed_date_time as completed_at,
        created_date as created_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
