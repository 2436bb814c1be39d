with

owners as (
    select
        *,
        lower(coalesce(owner_name, '') || ' ' || coalesce(split_part(email, '@', 1), '')) as names
    from {{ ref('stg_hubspot__owner') }}
    where record_status = 'used'
),

-- The tool has teams where others have departments.
marketers as (
    select memberships.owner_id
    from {{ ref('stg_hubspot__owner_team') }} as memberships
    inner join {{ ref('stg_hubspot__team') }} as teams on memberships.team_id = teams.team_id
    inner join {{ source('text', 'label') }} as labels on teams.team_name = labels.raw_value
    inner join {{ ref('marketing_departments') }} as departments
        on labels.label = departments.department_label
    where memberships.record_status = 'used' and teams.record_status = 'used'
    group by memberships.owner_id
)

select
    owners.owner_id as user_id,
    nullif(owners.owner_name, '') as user_name,
    owners.is_active,
    cast(null as varchar) as time_zone,
    marketers.owner_id is not null as is_marketing,
    coalesce({{ matches('owners.names', 'programs.pattern') }}, false) as is_integration
from owners
left join marketers on owners.owner_id = marketers.owner_id
left join {{ ref('int_integration_pattern') }} as programs on true
