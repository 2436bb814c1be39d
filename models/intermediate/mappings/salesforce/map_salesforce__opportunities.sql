with

states as (
    select
        *,
        lag(is_closed) over (partition by opportunity_id order by from_at, is_closed) as was_closed
    from {{ ref('map_salesforce__opportunity_states') }}
),

-- The closing that stands: the start of the last span of closed states.
closings as (
    select
        opportunity_id,
        max(from_at) as closed_at
    from states
    where is_closed and not coalesce(was_closed, false)
    group by opportunity_id
)

select
    opportunities.opportunity_id,
    opportunities.account_id as crm_account_id,
    opportunities.owner_id,
    opportunities.created_at,
    opportunities.amount,
    opportunities.is_won,
    -- Closed: at its history row, else on its close date as far as that can be, else when last changed.
    case
        when not opportunities.is_closed then cast(null as timestamp)
        when closings.closed_at is not null then {{ up_to_as_of('closings.closed_at') }}
        when opportunities.is_closed
            then greatest(
                opportunities.created_at,
                case
                    when opportunities.close_date <= {{ as_of() }} then opportunities.close_date
                    else coalesce(least(opportunities.modified_at, {{ as_of() }}), opportunities.created_at)
                end
            )
    end as closed_at,
    opportunities.landed_at,
    case
        when opportunities.close_date > {{ completed_as_of() }} and opportunities.close_date <= {{ as_of() }} then {{ build_id() }}
        else opportunities.changed_in_build
    end as changed_in_build
from {{ ref('stg_salesforce__opportunity') }} as opportunities
left join closings on opportunities.opportunity_id = closings.opportunity_id
where opportunities.record_status = 'used'
