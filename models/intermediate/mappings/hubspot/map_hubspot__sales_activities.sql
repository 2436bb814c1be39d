select
    'hubspot:engagement_contact:' || links.record_id as activity_id,
    'hubspot' as connector,
    'engagement_contact' as source_table,
    links.record_id as source_record_id,
    3 as source_rank,
    'hubspot:' || links.contact_id as person_key,
    engagements.occurred_at,
    engagements.activity_type,
    cast(null as varchar) as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mailing_key,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    cast(null as varchar) as campaign_id,
    engagements.owner_id as user_id,
    engagements.logged_by_id,
    engagements.is_contact,
    false as is_on_demand,
    greatest(links.landed_at, engagements.landed_at) as landed_at,
    greatest(links.changed_in_build, engagements.changed_in_build) as changed_in_build
from {{ ref('stg_hubspot__engagement_contact') }} as links
inner join {{ ref('map_hubspot__engagements') }} as engagements
    on links.engagement_id = engagements.engagement_id
where
    links.record_status = 'used'
    and engagements.record_status = 'used'
    and engagements.activity_type is not null
    and engagements.occurred_at is not null
