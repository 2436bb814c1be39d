with

opportunities as (
    select * from {{ ref('stg_pardot__opportunity') }}
    where record_status = 'used'
),

versions as (
    select
        *,
        row_number() over (
            partition by record_id order by version_at, stage_name, probability, is_closed
        ) as version_number
    from {{ ref('stg_pardot__opportunity_versions') }}
),

-- The first version that is known tells the state since creation.
seen as (
    select
        opportunities.opportunity_id,
        opportunities.record_id,
        case
            when versions.version_number = 1 then opportunities.created_at
            else greatest(versions.version_at, opportunities.created_at)
        end as from_at,
        versions.stage_name,
        versions.probability,
        versions.is_closed
    from versions
    inner join opportunities on versions.record_id = opportunities.record_id

    union all

    -- Of a single version nobody knows when it closed: its own date tells.
    select
        opportunity_id,
        record_id,
        created_at as from_at,
        stage_name,
        probability,
        false as is_closed
    from opportunities
    where record_id not in (select versions.record_id from versions)
)

select
    opportunity_id,
    'pardot' as connector,
    record_id,
    from_at,
    stage_name,
    probability,
    is_closed
from seen
