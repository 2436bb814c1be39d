{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('marketo', 'activity_fill_out_form'), made_of_texts={
        'page_path': url_path('coalesce(webpage_url, referrer_url)')
    }) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        lead_id as person_id,

        -- texts
        primary_attribute_value as form_name,
        page_path,
        user_agent,

        -- times
        activity_date as occurred_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
