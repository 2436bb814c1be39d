with

opportunities as (
    select * from {{ ref('stg_salesforce__opportunity') }}
    where record_status <> 'not_yet'
),

states as (
    select * from {{ ref('map_salesforce__opportunity_states') }}
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
        opportunity_id,
        greatest(
            created_at, coalesce({{ up_to_as_of('close_date') }}, {{ up_to_as_of('modified_at') }})
        ) as closed_at
    from opportunities
    where
        is_closed
        and coalesce({{ up_to_as_of('close_date') }}, {{ up_to_as_of('modified_at') }}) is not null
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
    case
        when not opportunities.is_closed then cast(null as timestamp)
        when with_closing_history.opportunity_id is not null then closings.closed_at
        else dated.closed_at
    end as closed_at,
    opportunities.landed_at
from opportunities
left join closings on opportunities.opportunity_id = closings.opportunity_id
left join with_closing_history
    on opportunities.opportunity_id = with_closing_history.opportunity_id
left join dated on opportunities.opportunity_id = dated.opportunity_id
