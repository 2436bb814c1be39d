select
    {{ activity(
        'salesforce', 'lead_history', source_rank=3, person_id='lead_id',
        occurred_at='changed_at',
        activity_type="'status_change'",
        content_key='new_value'
    ) }}
from {{ ref('stg_salesforce__lead_history') }}
where record_status = 'used' and not is_copy and field = 'status'
