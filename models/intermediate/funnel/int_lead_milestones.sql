with

stages as (
    select * from {{ ref('stage_definitions') }}
),

-- A skip writes one row: who stands in a later stage has passed the one before.
interesting_stages as (
    select later.stage_key
    from stages as later
    inner join stages as interested
        on interested.stage_key = 'interested'
        and (
            (not later.is_closing and later.stage_order >= interested.stage_order)
            or later.stage_key = 'won'
        )
),

entered as (
    select
        transitions.lead_id,
        'interested' as milestone,
        transitions.entered_at as reached_at
    from {{ ref('fct_stage_transitions') }} as transitions
    inner join interesting_stages on transitions.to_stage = interesting_stages.stage_key

    union all

    select
        lead_id,
        'won' as milestone,
        entered_at as reached_at
    from {{ ref('fct_stage_transitions') }}
    where to_stage = 'won'
),

qualified as (
    select
        lead_id,
        'mql' as milestone,
        qualified_at as reached_at
    from {{ source('lifecycle', 'mqls') }}

    union all

    select
        lead_id,
        'sql' as milestone,
        qualified_at as reached_at
    from {{ source('lifecycle', 'sqls') }}
),

met as (
    select
        lead_id,
        'meeting' as milestone,
        occurred_at as reached_at
    from {{ ref('fct_activities') }}
    where activity_type = 'sales_meeting' and duplicate_of is null and lead_id is not null
),

-- Of a person from the moment the person is linked to it.
in_opportunities as (
    select
        lead_id,
        'opportunity' as milestone,
        greatest(created_at, linked_at) as reached_at
    from {{ ref('int_lead_opportunities') }}
),

moments as (
    select * from entered
    union all
    select * from qualified
    union all
    select * from met
    union all
    select * from in_opportunities
),

final as (
    select
        lead_id,
        milestone,
        min(reached_at) as reached_at
    from moments
    where reached_at <= {{ as_of() }}
    group by lead_id, milestone
)

select * from final
