-- A redirect leads from an id that no lead has any more to one that a lead has, in one step.
select
    redirects.old_lead_id,
    redirects.lead_id
from {{ ref('lead_redirects') }} as redirects
inner join {{ ref('dim_leads') }} as leads on redirects.old_lead_id = leads.lead_id

union all

select
    redirects.old_lead_id,
    redirects.lead_id
from {{ ref('lead_redirects') }} as redirects
inner join {{ ref('lead_redirects') }} as onward on redirects.lead_id = onward.old_lead_id
