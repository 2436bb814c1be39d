with

opportunities as (
    select * from {{ ref('stg_salesforce__opportunity') }}
    where record_status = 'used'
)

select
    'salesforce:' || roles.contact_id as person_key,
    roles.opportunity_id,
    'contact_role' as link,
    roles.record_id as link_id,
    greatest(roles.created_at, opportunities.created_at) as linked_at,
    roles.landed_at
from {{ ref('stg_salesforce__opportunity_contact_role') }} as roles
inner join opportunities on roles.opportunity_id = opportunities.opportunity_id
where roles.record_status = 'used' and roles.contact_id is not null

union all

select
    'salesforce:' || leads.record_id as person_key,
    leads.converted_opportunity_id as opportunity_id,
    'conversion' as link,
    leads.record_id as link_id,
    opportunities.created_at as linked_at,
    leads.landed_at
from {{ ref('stg_salesforce__lead') }} as leads
inner join opportunities on leads.converted_opportunity_id = opportunities.opportunity_id
where leads.record_status = 'used'
