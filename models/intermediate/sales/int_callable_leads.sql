with

willing as (
    select lead_id from {{ ref('int_lead_profiles') }}
    where not is_opted_out_of_sales
),

open_stays as (
    select transitions.lead_id
    from {{ ref('fct_stage_transitions') }} as transitions
    inner join {{ ref('stage_definitions') }} as stages
        on transitions.to_stage = stages.stage_key and not stages.is_closing
    where transitions.exited_at is null
),

final as (
    select willing.lead_id
    from willing
    inner join open_stays on willing.lead_id = open_stays.lead_id
    left join {{ ref('int_current_exclusions') }} as exclusions
        on willing.lead_id = exclusions.lead_id
    where exclusions.lead_id is null
)

select * from final
