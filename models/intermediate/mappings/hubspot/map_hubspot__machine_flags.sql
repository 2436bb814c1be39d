select 'hubspot:email_event:' || record_id as activity_id
from {{ ref('map_hubspot__mail_events') }}
where is_filtered and activity_type in ('email_open', 'email_click')
