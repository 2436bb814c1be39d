select
    'newsroom:request:' || forms.record_id as activity_id,
    'newsroom' as connector,
    'request' as source_table,
    forms.record_id as source_record_id,
    1 as source_rank,
    'newsroom:' || forms.person_id as person_key,
    forms.occurred_at,
    coalesce(names.activity_type, 'form_submit') as activity_type,
    forms.form_name as content_key,
    names.content_category,
    names.form_kind,
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
    forms.landed_at,
    forms.changed_in_build
from {{ ref('stg_newsroom__request') }} as forms
left join {{ ref('int_form_names') }} as names
    on forms.form_name = names.form_name
    and {{ local_day('forms.occurred_at') }} >= names.valid_from
    and {{ local_day('forms.occurred_at') }} < names.valid_to
where forms.record_status = 'used'
