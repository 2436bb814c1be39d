with

-- A form goes by its name; where the forms did not land, by the title of its page.
submissions as (
    select
        submissions.*,
        coalesce(forms.form_name, submissions.page_title) as form_name
    from {{ ref('stg_hubspot__contact_form_submission') }} as submissions
    left join {{ ref('stg_hubspot__form') }} as forms on submissions.form_id = forms.form_id
    where submissions.record_status = 'used'
)

select
    'hubspot:contact_page_view:' || views.record_id as activity_id,
    'hubspot' as connector,
    'contact_page_view' as source_table,
    views.record_id as source_record_id,
    1 as source_rank,
    'hubspot:' || views.contact_id as person_key,
    views.occurred_at,
    'page_view' as activity_type,
    coalesce(paths.content_key, views.page_path) as content_key,
    paths.content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mailing_key,
    cast(null as varchar) as link,
    views.user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    views.landed_at,
    views.changed_in_build
from {{ ref('stg_hubspot__contact_page_view') }} as views
left join {{ ref('int_content_paths') }} as paths
    on views.page_path = paths.page_path
    and {{ local_day('views.occurred_at') }} >= paths.valid_from
    and {{ local_day('views.occurred_at') }} < paths.valid_to
where views.record_status = 'used'

union all

select
    'hubspot:contact_form_submission:' || submissions.record_id as activity_id,
    'hubspot' as connector,
    'contact_form_submission' as source_table,
    submissions.record_id as source_record_id,
    1 as source_rank,
    'hubspot:' || submissions.contact_id as person_key,
    submissions.occurred_at,
    coalesce(names.activity_type, 'form_submit') as activity_type,
    nullif(
        coalesce(submissions.form_name, '') || coalesce('|' || submissions.page_path, ''), ''
    ) as content_key,
    coalesce(names.content_category, paths.content_category) as content_category,
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
    submissions.landed_at,
    submissions.changed_in_build
from submissions
left join {{ ref('int_form_names') }} as names
    on submissions.form_name = names.form_name
    and {{ local_day('submissions.occurred_at') }} >= names.valid_from
    and {{ local_day('submissions.occurred_at') }} < names.valid_to
left join {{ ref('int_content_paths') }} as paths
    on submissions.page_path = paths.page_path
    and {{ local_day('submissions.occurred_at') }} >= paths.valid_from
    and {{ local_day('submissions.occurred_at') }} < paths.valid_to
