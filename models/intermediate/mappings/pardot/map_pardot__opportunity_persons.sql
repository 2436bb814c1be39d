select
    'pardot:' || links.prospect_id as person_key,
    opportunities.opportunity_id,
    'contact_role' as link,
    links.record_id as link_id,
    greatest(links.linked_at, opportunities.created_at) as linked_at,
    links.landed_at
from {{ ref('stg_pardot__opportunity_prospect') }} as links
inner join {{ ref('stg_pardot__opportunity') }} as opportunities
    on links.opportunity_record_id = opportunities.record_id
where links.record_status = 'used' and opportunities.record_status = 'used'
