with

opportunities as (
    select * from {{ ref('int_opportunities') }}
),

states as (
    select states.*
    from {{ ref('int_opportunity_states_unioned') }} as states
    inner join opportunities
        on states.opportunity_id = opportunities.opportunity_id
        and states.connector = opportunities.connector
        and states.record_id = opportunities.record_id
    where states.from_at <= {{ as_of() }}
),

-- Of states seen at one moment the last one holds.
ordered as (
    select
        *,
        lead(from_at) over (
            partition by opportunity_id order by from_at, is_closed, stage_name nulls first
        ) as to_at
    from states
),

rules as (
    select * from {{ ref('stage_evidence_rules') }}
    where match_on like 'opportunity%'
),

open_spans as (
    select
        opportunities.opportunity_id,
        rules.stage_key,
        rules.rule_id,
        opportunities.created_at as from_at,
        opportunities.closed_at as to_at
    from opportunities
    inner join rules
        on rules.match_on = 'opportunity'
        and rules.match_value = 'open'
        and {{ holds_on('rules', local_day('opportunities.created_at')) }}
    where opportunities.closed_at is null or opportunities.closed_at > opportunities.created_at
),

stage_spans as (
    select
        ordered.opportunity_id,
        rules.stage_key,
        min(rules.rule_id) as rule_id,
        ordered.from_at,
        least(
            coalesce(ordered.to_at, opportunities.closed_at),
            coalesce(opportunities.closed_at, ordered.to_at)
        ) as to_at
    from ordered
    inner join opportunities on ordered.opportunity_id = opportunities.opportunity_id
    left join {{ source('text', 'label') }} as labels on ordered.stage_name = labels.raw_value
    inner join rules
        on (
            (rules.match_on = 'opportunity_stage' and labels.label = rules.match_value)
            or (
                rules.match_on = 'opportunity_probability'
                and ordered.probability >= try_cast(rules.match_value as double)
            )
        )
        and {{ holds_on('rules', local_day('ordered.from_at')) }}
    where
        not coalesce(ordered.is_closed, false)
        and (opportunities.closed_at is null or ordered.from_at < opportunities.closed_at)
    group by
        ordered.opportunity_id,
        rules.stage_key,
        ordered.from_at,
        ordered.to_at,
        opportunities.closed_at
),

final as (
    select * from open_spans
    union all
    select * from stage_spans
    where to_at is null or from_at < to_at
)

select * from final
