with

-- Whoever was in a deal that was merged away is in the one that survives.
deals as (
    select
        keys.deal_id,
        keys.surviving_opportunity_key as opportunity_id,
        deals.created_at
    from {{ ref('map_hubspot__opportunity_keys') }} as keys
    inner join {{ ref('stg_hubspot__deal') }} as deals on keys.deal_id = deals.deal_id
    where
        deals.record_status = 'used'
        or keys.opportunity_key <> keys.surviving_opportunity_key
)

-- The tool keeps no moment of the link: it is there since both ends are.
select
    'hubspot:' || links.contact_id as person_key,
    deals.opportunity_id,
    'contact_role' as link,
    'hubspot:' || links.record_id as link_id,
    greatest(deals.created_at, coalesce(contacts.created_at, deals.created_at)) as linked_at,
    links.landed_at
from {{ ref('stg_hubspot__deal_contact') }} as links
inner join deals on links.deal_id = deals.deal_id
left join {{ ref('stg_hubspot__contact') }} as contacts on links.contact_id = contacts.contact_id
where links.record_status = 'used'
