-- Every lead is in exactly one stage, and dim_leads names it.
with

open_stays as (
    select
        lead_id,
        min(to_stage) as stage_key,
        min(entered_at) as stage_since,
        count(*) as stays
    from {{ ref('fct_stage_transitions') }}
    where exited_at is null
    group by lead_id
)

select
    leads.lead_id,
    leads.stage_key,
    open_stays.stage_key as stage_entered
from {{ ref('dim_leads') }} as leads
left join open_stays on leads.lead_id = open_stays.lead_id
where
    open_stays.stays is distinct from 1
    or leads.stage_key <> open_stays.stage_key
    or leads.stage_since <> open_stays.stage_since
