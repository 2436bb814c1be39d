select
    'pardot:visitor_activity:' || steps.record_id as activity_id,
    'pardot' as connector,
    'visitor_activity' as source_table,
    steps.record_id as source_record_id,
    1 as source_rank,
    'pardot:' || steps.prospect_id as person_key,
    steps.occurred_at,
    steps.activity_type,
    coalesce(
        case when steps.link is null then steps.details end, names.asset_name, steps.mail_key
    ) as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    -- A mail of a list is one mailing; any other is one of its own for each person it went to.
    coalesce(steps.mail_key, '')
    || '/' || coalesce(steps.campaign_id, '')
    || case
        when steps.mail_key like 'list/%' then ''
        else '/' || coalesce(steps.email_id, '')
    end as mailing_key,
    case when steps.activity_type = 'email_click' then steps.link end as link,
    cast(null as varchar) as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    steps.campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    steps.landed_at,
    steps.changed_in_build
from {{ ref('map_pardot__visitor_actions') }} as steps
left join {{ ref('map_pardot__mail_names') }} as names on steps.mail_key = names.mail_key
where steps.record_status = 'used' and steps.activity_type like 'email%'
