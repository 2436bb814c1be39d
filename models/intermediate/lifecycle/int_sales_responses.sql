{{ config(materialized='view') }}

with

statuses as (
    select * from {{ ref('int_lead_statuses') }}
),

reasons as (
    select * from {{ ref('int_record_values') }}
    where attribute = 'reject_reason'
),

conversions as (
    select
        person_leads.lead_id,
        conversion_records.converted_at
    from {{ ref('int_conversions_unioned') }} as conversion_records
    inner join {{ ref('int_person_leads') }} as person_leads
        on conversion_records.person_key = person_leads.person_key
),

final as (
    select
        lead_id,
        valid_from as responded_at,
        'status' as told_by,
        case when meaning = 'returned' then 'recycled' else sales_response end as response,
        cast(null as varchar) as reason
    from statuses
    where sales_response <> 'none' or meaning = 'returned'

    union all

    select
        lead_id,
        valid_from as responded_at,
        'reject_reason' as told_by,
        'rejected' as response,
        value as reason
    from reasons

    union all

    select
        lead_id,
        converted_at as responded_at,
        'conversion' as told_by,
        'accepted' as response,
        cast(null as varchar) as reason
    from conversions
)

select * from final
