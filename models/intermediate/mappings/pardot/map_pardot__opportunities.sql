with

opportunities as (
    select * from {{ ref('stg_pardot__opportunity') }}
    where record_status <> 'not_yet'
),

-- The company of a deal is that of the first of its people.
companies as (
    select
        links.opportunity_record_id,
        min_by(
            people.crm_account_id, {{ earlier_first('links.linked_at', 'links.prospect_id') }}
        ) as crm_account_id
    from {{ ref('stg_pardot__opportunity_prospect') }} as links
    inner join {{ ref('map_pardot__person_records') }} as people
        on links.prospect_id = people.record_id
    where
        links.record_status = 'used'
        and people.record_status = 'used'
        and people.crm_account_id is not null
    group by links.opportunity_record_id
),

-- Closed on its date, never before it was created; where that lies ahead, when last changed.
dated as (
    select
        record_id,
        greatest(
            created_at,
            coalesce({{ up_to_as_of('close_date') }}, {{ up_to_as_of('modified_at') }}, created_at)
        ) as closed_at
    from opportunities
    where is_closed
)

select
    opportunities.opportunity_id,
    'pardot' as connector,
    opportunities.record_id,
    opportunities.record_status,
    companies.crm_account_id,
    cast(null as varchar) as owner_id,
    opportunities.created_at,
    opportunities.amount,
    opportunities.is_won,
    dated.closed_at,
    opportunities.landed_at
from opportunities
left join companies on opportunities.record_id = companies.opportunity_record_id
left join dated on opportunities.record_id = dated.record_id
