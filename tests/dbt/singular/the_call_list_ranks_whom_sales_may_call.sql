-- Ranks run from 1 without a gap; who is excluded or in a closing stage is not on the list.
with

listed as (
    select
        lead_id,
        priority_rank,
        row_number() over (order by priority_rank) as place
    from {{ ref('sales_priority_list') }}
)

select
    listed.lead_id,
    listed.priority_rank
from listed
inner join {{ ref('dim_leads') }} as leads on listed.lead_id = leads.lead_id
inner join {{ ref('stage_definitions') }} as stages on leads.stage_key = stages.stage_key
where
    listed.priority_rank <> listed.place
    or leads.exclusion_reason is not null
    or stages.is_closing
