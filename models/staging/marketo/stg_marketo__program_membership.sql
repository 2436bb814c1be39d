{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('marketo', 'program_membership')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        program_id,
        lead_id as person_id,

        -- texts
        progression_status as member_status,

        -- times
        coalesce(membership_date, updated_at) as created_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
