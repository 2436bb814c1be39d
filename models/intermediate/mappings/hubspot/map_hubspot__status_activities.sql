select
    'hubspot:contact_property_history:' || record_id as activity_id,
    'hubspot' as connector,
    'contact_property_history' as source_table,
    record_id as source_record_id,
    3 as source_rank,
    'hubspot:' || contact_id as person_key,
    changed_at as occurred_at,
    'status_change' as activity_type,
    new_value as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mailing_key,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    landed_at,
    changed_in_build
from {{ ref('map_hubspot__property_changes') }}
where
    record_status = 'used'
    and attribute = 'status'
    and new_value is not null
