select
    {{ activity(
        'hubspot', 'contact_property_history', source_rank=3, person_id='contact_id',
        occurred_at='changed_at',
        activity_type="'status_change'",
        content_key='new_value'
    ) }}
from {{ ref('map_hubspot__property_changes') }}
where
    record_status = 'used'
    and attribute = 'status'
    and new_value is not null
