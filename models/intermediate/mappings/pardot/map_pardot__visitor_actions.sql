{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

labels as (
    select * from {{ source('text', 'label') }}
),

types as (
    select * from {{ ref('visitor_activity_types') }}
),

-- Whose a browser is may become known long after it was seen.
visitors as (
    select
        record_id,
        case when record_status = 'used' then prospect_id end as prospect_id,
        changed_in_build
    from {{ ref('stg_pardot__visitor') }}
),

pages as (
    select
        record_id,
        case when record_status = 'used' then record_id end as page_view_id,
        case when record_status = 'used' then page_path end as page_path,
        changed_in_build
    from {{ ref('stg_pardot__visitor_page_view') }}
),

actions as (
    select * from {{ ref('stg_pardot__visitor_activity') }}
    {%- if is_incremental() %}
    where
        {{ is_changed('changed_in_build') }}
        or visitor_id in (
            select visitors.record_id from visitors
            where {{ is_changed('visitors.changed_in_build') }}
        )
        or visitor_page_view_id in (
            select pages.record_id from pages
            where {{ is_changed('pages.changed_in_build') }}
        )
    {%- endif %}
)

-- The row of the type's name counts before the one of any name.
select
    actions.record_id,
    coalesce(actions.prospect_id, visitors.prospect_id) as prospect_id,
    actions.record_status,
    coalesce(by_name.activity_type, by_type.activity_type) as activity_type,
    actions.occurred_at,
    actions.details,
    detail_labels.label as detail_label,
    actions.link,
    actions.link_path,
    coalesce({{ file_name('actions.link_path') }}, actions.details) as asset_name,
    pages.page_path,
    pages.page_view_id,
    actions.campaign_id,
    actions.mail_key,
    actions.email_id,
    actions.form_id,
    actions.landed_at,
    greatest(
        actions.changed_in_build,
        coalesce(visitors.changed_in_build, 0),
        coalesce(pages.changed_in_build, 0)
    ) as changed_in_build
from actions
left join labels as type_labels on actions.type_name = type_labels.raw_value
left join labels as detail_labels on actions.details = detail_labels.raw_value
left join types as by_name
    on actions.type_number = by_name.type_number
    and type_labels.label = by_name.type_label
    and {{ holds_on('by_name', local_day('actions.occurred_at')) }}
left join types as by_type
    on actions.type_number = by_type.type_number
    and by_type.type_label is null
    and {{ holds_on('by_type', local_day('actions.occurred_at')) }}
left join visitors on actions.visitor_id = visitors.record_id
left join pages on actions.visitor_page_view_id = pages.record_id
