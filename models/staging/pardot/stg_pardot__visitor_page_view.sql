{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('pardot', 'visitor_page_view'), made_of_texts={
        'page_path': url_path('url')
    }) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        visitor_id,
        prospect_id,

        -- texts
        page_path,

        -- times
        created_at as occurred_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
