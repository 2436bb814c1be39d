select
    'marketo:activity_change_data_value:' || changes.record_id as activity_id,
    'marketo' as connector,
    'activity_change_data_value' as source_table,
    changes.record_id as source_record_id,
    1 as source_rank,
    'marketo:' || changes.person_id as person_key,
    changes.changed_at as occurred_at,
    'status_change' as activity_type,
    changes.new_value as content_key,
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
    changes.landed_at,
    changes.changed_in_build
from {{ ref('stg_marketo__activity_change_data_value') }} as changes
inner join {{ source('text', 'label') }} as labels
    on changes.field = labels.raw_value and labels.label in ('lead status', 'lead_status')
where changes.record_status = 'used'
