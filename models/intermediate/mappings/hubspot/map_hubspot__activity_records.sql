select
    'hubspot:email_event:' || record_id as activity_id,
    'hubspot:' || contact_id as person_key,
    changed_in_build
from {{ ref('map_hubspot__mail_events') }}

union all

select
    'hubspot:contact_page_view:' || record_id as activity_id,
    'hubspot:' || contact_id as person_key,
    changed_in_build
from {{ ref('stg_hubspot__contact_page_view') }}

union all

select
    'hubspot:contact_form_submission:' || submissions.record_id as activity_id,
    'hubspot:' || submissions.contact_id as person_key,
    greatest(submissions.changed_in_build, coalesce(forms.changed_in_build, 0))
        as changed_in_build
from {{ ref('stg_hubspot__contact_form_submission') }} as submissions
left join {{ ref('stg_hubspot__form') }} as forms on submissions.form_id = forms.form_id

union all

select
    'hubspot:engagement_contact:' || links.record_id as activity_id,
    'hubspot:' || links.contact_id as person_key,
    greatest(links.changed_in_build, coalesce(engagements.changed_in_build, 0))
        as changed_in_build
from {{ ref('stg_hubspot__engagement_contact') }} as links
left join {{ ref('map_hubspot__engagements') }} as engagements
    on links.engagement_id = engagements.engagement_id

union all

select
    'hubspot:contact_property_history:' || record_id as activity_id,
    'hubspot:' || contact_id as person_key,
    changed_in_build
from {{ ref('map_hubspot__property_changes') }}
where attribute = 'status'
