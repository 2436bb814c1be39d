{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('hubspot', 'contact_page_view'), made_of_texts={
        'page_path': url_path('page_url')
    }) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        contact_id,

        -- texts
        page_path,
        user_agent,

        -- times
        _occurred_at as occurred_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
