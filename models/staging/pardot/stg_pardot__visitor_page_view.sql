{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('pardot', 'visitor_page_view')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        visitor_id,
        prospect_id,

        -- texts
        {{ url_path('url') }} as page_path,

        -- times
        created_at as occurred_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
