{{ config(materialized='table') }}

{%- set attributes = {
    'jobtitle': 'job_title',
    'hs_lead_status': 'status',
    'lifecyclestage': 'lifecycle_stage',
    'hubspot_owner_id': 'owner_id',
    'numberofemployees': 'employees',
    'numemployees': 'employees',
    var('hubspot_purchase_timeline') | replace('property_', ''): 'purchase_timeline',
    var('hubspot_budget') | replace('property_', ''): 'budget',
    var('hubspot_stated_problem') | replace('property_', ''): 'stated_problem',
    var('hubspot_decision_role') | replace('property_', ''): 'decision_role',
    var('hubspot_reject_reason') | replace('property_', ''): 'reject_reason'
} -%}

with

known as (
    select
        *,
        case field
            {%- for field, attribute in attributes.items() %}
            when '{{ field }}' then '{{ attribute }}'
            {%- endfor %}
        end as attribute
    from {{ ref('stg_hubspot__contact_property_history') }}
),

-- A history begins with the first value: before it the property had none. What was deleted tells
-- nothing, but that it is gone is a change.
told as (
    select
        record_id,
        lag(value) over (
            partition by contact_id, field order by changed_at, record_id
        ) as old_value
    from known
    where attribute is not null and record_status <> 'deleted'
),

final as (
    select
        known.record_id,
        known.contact_id,
        known.attribute,
        told.old_value,
        known.value as new_value,
        known.changed_at,
        known.record_status,
        known.landed_at,
        known.changed_in_build
    from known
    left join told on known.record_id = told.record_id
    where known.attribute is not null
)

select * from final
