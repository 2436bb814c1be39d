{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('newsroom', 'request')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        reader_id as person_id,

        -- texts
        form as form_name,

        -- times
        sent_at as occurred_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
