with

recorded as (
    select
        lead_id,
        min(changed_at) as converted_at
    from {{ ref('stg_salesforce__lead_history') }}
    where field in ('leadconverted', 'lead_converted') and record_status = 'used'
    group by lead_id
),

converted as (
    select
        leads.record_id,
        leads.landed_at,
        coalesce(recorded.converted_at, contacts.created_at) as converted_at
    from {{ ref('stg_salesforce__lead') }} as leads
    left join recorded on leads.record_id = recorded.lead_id
    left join {{ ref('stg_salesforce__contact') }} as contacts
        on leads.converted_contact_id = contacts.record_id and contacts.record_status = 'used'
    where leads.record_status = 'used' and leads.converted_contact_id is not null
)

select
    'salesforce:' || record_id as person_key,
    record_id as conversion_id,
    converted_at,
    landed_at
from converted
where converted_at is not null
