select
    {{ activity(
        'pardot', 'visitor_activity', person_id='prospect_id',
        content_key='coalesce(campaign_id, details)',
        content_category="'event'",
        event_key="'pardot:' || coalesce(campaign_id, details)",
        event_name='detail_label',
        campaign_id='campaign_id'
    ) }}
from {{ ref('map_pardot__visitor_actions') }}
where record_status = 'used' and activity_type like 'event%'
