{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('pardot', 'visitor_activity')) }}
),

-- The details are a name, or where a click led.
told as (
    select
        *,
        case
            when {{ matches('lower(details)', "'^(?:[a-z]+:)?//|^www[.]|^/'") }} then details
        end as link
    from source
),

renamed as (
    select
        -- ids
        _key as record_id,
        prospect_id,
        visitor_id,
        visitor_page_view_id,
        campaign_id,
        case
            when list_email_id is not null then 'list/' || list_email_id
            when email_template_id is not null then 'template/' || email_template_id
        end as mail_key,
        email_id,
        coalesce(form_id, form_handler_id, landing_page_id) as form_id,

        -- texts
        type as type_number,
        type_name,
        details,
        link,
        {{ url_path('link') }} as link_path,

        -- times
        created_at as occurred_at,

        -- the row
        {{ record_columns() }}
    from told
)

select * from renamed
