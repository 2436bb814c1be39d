{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('newsroom', 'page_read')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        reader_id as person_id,

        -- texts
        {{ url_path('address') }} as page_path,
        browser as user_agent,

        -- times
        read_at as occurred_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
