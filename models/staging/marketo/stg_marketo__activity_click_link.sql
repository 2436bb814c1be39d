{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('marketo', 'activity_click_link'), made_of_texts={
        'link_path': url_path('coalesce(link, primary_attribute_value)'),
        'file_name': file_name(url_path('coalesce(link, primary_attribute_value)'))
    }) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        lead_id as person_id,

        -- texts
        link_path,
        file_name,
        user_agent,

        -- times
        activity_date as occurred_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
