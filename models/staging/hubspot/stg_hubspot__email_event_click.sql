{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('hubspot', 'email_event_click'), made_of_texts={
        'link_path': url_path('url')
    }) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as event_id,

        -- texts
        url as link,
        link_path,
        user_agent,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
