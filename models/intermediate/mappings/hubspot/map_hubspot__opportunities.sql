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

states as (
    select * from {{ ref('map_hubspot__opportunity_states') }}
),

seen_states as (
    select
        *,
        lag(is_closed) over (partition by opportunity_id order by from_at, is_closed) as was_closed,
        lead(from_at) over (partition by opportunity_id order by from_at, is_closed) as next_at
    from states
    where from_at <= {{ as_of() }}
),

-- The closing that stands: the start of the span of closed states that nothing ended.
closings as (
    select
        opportunity_id,
        max(case when is_closed and not coalesce(was_closed, false) then from_at end) as closed_at
    from seen_states
    group by opportunity_id
    having max(case when next_at is null and is_closed then 1 else 0 end) = 1
),

-- Whose history tells of a closing, now or later, closes by it and by nothing else.
with_closing_history as (
    select opportunity_id from states
    where is_closed
    group by opportunity_id
),

-- Closed on the close date, never before it was created; where that lies ahead, when last changed.
dated as (
    select
        opportunity_key,
        greatest(
            created_at, coalesce({{ up_to_as_of('close_date') }}, {{ up_to_as_of('modified_at') }})
        ) as closed_at
    from deals
    where
        is_deal_closed
        and coalesce({{ up_to_as_of('close_date') }}, {{ up_to_as_of('modified_at') }}) is not null
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
    case
        when not deals.is_deal_closed then cast(null as timestamp)
        when with_closing_history.opportunity_id is not null then closings.closed_at
        else dated.closed_at
    end as closed_at,
    deals.landed_at
from deals
left join companies on deals.deal_id = companies.deal_id
left join closings on deals.opportunity_key = closings.opportunity_id
left join with_closing_history on deals.opportunity_key = with_closing_history.opportunity_id
left join dated on deals.opportunity_key = dated.opportunity_key
