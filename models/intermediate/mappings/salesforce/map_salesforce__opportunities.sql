with

opportunities as (
    select * from {{ ref('stg_salesforce__opportunity') }}
    where record_status <> 'not_yet'
),

closings as (
    {{ closings('opportunities', ref('map_salesforce__opportunity_states')) }}
)

select
    opportunities.opportunity_id,
    'salesforce' as connector,
    opportunities.record_id,
    opportunities.record_status,
    opportunities.account_id as crm_account_id,
    opportunities.owner_id,
    opportunities.created_at,
    opportunities.amount,
    opportunities.is_won,
    closings.closed_at,
    opportunities.landed_at
from opportunities
left join closings on opportunities.opportunity_id = closings.opportunity_id
