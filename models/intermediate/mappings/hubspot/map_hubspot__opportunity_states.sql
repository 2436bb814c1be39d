with

deals as (
    select
        deals.*,
        keys.opportunity_key
    from {{ ref('stg_hubspot__deal') }} as deals
    inner join {{ ref('map_hubspot__opportunity_keys') }} as keys
        on deals.deal_id = keys.deal_id
    where deals.record_status <> 'not_yet' and keys.opportunity_key = keys.surviving_opportunity_key
),

entered as (
    select
        deal_id,
        stage_id,
        entered_at as from_at
    from {{ ref('stg_hubspot__deal_stage') }}
    where record_status <> 'deleted'
),

-- Where the stages did not land, the history of the property tells them.
given as (
    select
        deal_id,
        value as stage_id,
        changed_at as from_at
    from {{ ref('stg_hubspot__deal_property_history') }}
    where
        record_status <> 'deleted'
        and field = 'dealstage'
        and value is not null
        and deal_id not in (select entered.deal_id from entered)
),

told as (
    select * from entered
    union all
    select * from given
),

observations as (
    select
        deals.opportunity_key,
        told.stage_id,
        told.from_at,
        (told.stage_id is distinct from deals.stage_id) as is_former,
        false as is_without_history
    from told
    inner join deals on told.deal_id = deals.deal_id

    union all

    -- Without history the deal tells when it closed by its own dates.
    select
        opportunity_key,
        stage_id,
        created_at as from_at,
        false as is_former,
        true as is_without_history
    from deals
    where deal_id not in (select told.deal_id from told)
)

select
    observations.opportunity_key as opportunity_id,
    'hubspot' as connector,
    deals.record_id,
    observations.from_at,
    coalesce(stages.stage_name, observations.stage_id) as stage_name,
    -- A share of one, which would be 56.99999999999999 of a hundred.
    round(
        100 * coalesce(
            stages.probability,
            case when not observations.is_former then deals.probability end
        ),
        6
    ) as probability,
    case
        when observations.is_without_history then false
        else coalesce(
                stages.is_closed,
                case when not observations.is_former then deals.is_closed end,
                -- The stages that every pipeline of the tool begins with.
                observations.stage_id in ('closedwon', 'closedlost'),
                false
            )
    end as is_closed
from observations
inner join deals on observations.opportunity_key = deals.opportunity_key
left join {{ ref('stg_hubspot__deal_pipeline_stage') }} as stages
    on observations.stage_id = stages.stage_id
