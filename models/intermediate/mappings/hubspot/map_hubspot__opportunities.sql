with

deals as (
    select
        deals.*,
        keys.opportunity_key,
        coalesce(
            stages.is_closed, deals.is_closed, deals.stage_id in ('closedwon', 'closedlost'), false
        ) as is_deal_closed,
        coalesce(stages.is_won, deals.is_won, deals.stage_id = 'closedwon', false) as is_deal_won
    from {{ ref('stg_hubspot__deal') }} as deals
    inner join {{ ref('map_hubspot__opportunity_keys') }} as keys
        on deals.deal_id = keys.deal_id
    left join {{ ref('stg_hubspot__deal_pipeline_stage') }} as stages
        on deals.stage_id = stages.stage_id
    where deals.record_status <> 'not_yet' and keys.opportunity_key = keys.surviving_opportunity_key
),

companies as (
    select
        links.deal_id,
        min_by(
            coalesce(keys.account_key, 'hubspot:' || links.company_id),
            {{ earlier_first("case links.type_id when '5' then 1 else 2 end", 'links.company_id') }}
        ) as crm_account_id
    from {{ ref('stg_hubspot__deal_company') }} as links
    left join {{ ref('map_hubspot__account_keys') }} as keys
        on links.company_id = keys.company_id
    where links.record_status = 'used'
    group by links.deal_id
),

closings as (
    {{ closings(
        'deals', ref('map_hubspot__opportunity_states'), id='opportunity_key', is_closed='is_deal_closed'
    ) }}
)

select
    deals.opportunity_key as opportunity_id,
    'hubspot' as connector,
    deals.record_id,
    deals.record_status,
    companies.crm_account_id,
    deals.owner_id,
    deals.created_at,
    deals.amount,
    deals.is_deal_won as is_won,
    closings.closed_at,
    deals.landed_at
from deals
left join companies on deals.deal_id = companies.deal_id
left join closings on deals.opportunity_key = closings.opportunity_key
