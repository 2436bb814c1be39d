with

opportunities as (
    select * from {{ ref('int_opportunities') }}
),

persons as (
    select * from {{ ref('int_opportunity_persons_unioned') }}
),

final as (
    select
        person_leads.lead_id,
        opportunities.opportunity_id,
        opportunities.crm_account_id,
        opportunities.created_at,
        opportunities.closed_at,
        opportunities.is_won,
        opportunities.closed_at is null as is_open,
        min(persons.linked_at) as linked_at
    from persons
    inner join opportunities on persons.opportunity_id = opportunities.opportunity_id
    inner join {{ ref('int_person_leads') }} as person_leads
        on persons.person_key = person_leads.person_key
    where persons.linked_at <= {{ as_of() }} and person_leads.lead_id is not null
    group by
        person_leads.lead_id,
        opportunities.opportunity_id,
        opportunities.crm_account_id,
        opportunities.created_at,
        opportunities.closed_at,
        opportunities.is_won
)

select * from final
