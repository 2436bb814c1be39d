select
    {{ activity(
        'hubspot', 'email_event', person_id='contact_id',
        content_key='coalesce(mailing_name, campaign_id)',
        mailing_key="coalesce(campaign_id, '') || '/' || coalesce(sent_by_id, '')",
        link='link',
        user_agent='user_agent',
        campaign_id='campaign_id'
    ) }}
from {{ ref('map_hubspot__mail_events') }}
where record_status = 'used' and activity_type is not null
