with

opportunities as (
    select * from {{ ref('stg_salesforce__opportunity') }}
    where record_status = 'used'
),

-- Changes come as a history object or as a field history; copies and snapshots carry the state.
field_changes as (
    select opportunity_id, lower(field) as field, old_value, new_value, changed_at
    from {{ ref('stg_salesforce__opportunity_field_history') }}
    where record_status <> 'deleted'

    union all

    select opportunity_id, lower(field) as field, old_value, new_value, changed_at
    from {{ ref('stg_salesforce__opportunity_history') }}
    where record_status <> 'deleted' and field is not null
),

stage_changes as (
    select
        *,
        row_number() over (
            partition by opportunity_id order by changed_at, old_value nulls first, new_value
        ) as change_number
    from field_changes
    where field in ('stagename', 'stage_name')
),

observations as (
    select
        opportunity_id,
        changed_at as from_at,
        new_value as stage_name,
        cast(null as double) as probability,
        cast(null as boolean) as is_closed
    from stage_changes

    union all

    select
        stage_changes.opportunity_id,
        opportunities.created_at as from_at,
        stage_changes.old_value as stage_name,
        cast(null as double) as probability,
        cast(null as boolean) as is_closed
    from stage_changes
    inner join opportunities on stage_changes.opportunity_id = opportunities.opportunity_id
    where stage_changes.change_number = 1 and stage_changes.changed_at > opportunities.created_at

    union all

    select
        opportunity_id,
        changed_at as from_at,
        stage_name,
        probability,
        is_closed
    from {{ ref('stg_salesforce__opportunity_history') }}
    where record_status <> 'deleted' and field is null

    union all

    select
        opportunities.opportunity_id,
        opportunities.created_at as from_at,
        opportunities.stage_name,
        opportunities.probability,
        -- Without history the record tells when it closed by its own dates.
        false as is_closed
    from opportunities
    left join field_changes
        on opportunities.opportunity_id = field_changes.opportunity_id
        and field_changes.field in ('stagename', 'stage_name')
    left join {{ ref('stg_salesforce__opportunity_history') }} as copies
        on opportunities.opportunity_id = copies.opportunity_id
        and copies.field is null
        and copies.record_status <> 'deleted'
    where
        field_changes.opportunity_id is null
        and copies.opportunity_id is null
)

select
    observations.opportunity_id,
    'salesforce' as connector,
    opportunities.record_id,
    observations.from_at,
    observations.stage_name,
    coalesce(
        observations.probability,
        case
            when observations.stage_name = opportunities.stage_name then opportunities.probability
        end
    ) as probability,
    coalesce(
        observations.is_closed,
        opportunities.is_closed and observations.stage_name = opportunities.stage_name
    ) as is_closed
from observations
inner join opportunities on observations.opportunity_id = opportunities.opportunity_id
