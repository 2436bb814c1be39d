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
)

-- Closed on its date, never before it was created; where that lies ahead, when last changed.
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
    case
        when opportunities.is_closed
            then greatest(
                opportunities.created_at,
                coalesce(
                    {{ up_to_as_of('opportunities.close_date') }},
                    {{ up_to_as_of('opportunities.modified_at') }},
                    opportunities.created_at
                )
            )
    end as closed_at,
    opportunities.landed_at
from opportunities
left join companies on opportunities.record_id = companies.opportunity_record_id
