select
    {{ activity(
        'marketo', 'activity_change_data_value', 'changes', person_id='changes.person_id',
        occurred_at='changes.changed_at',
        activity_type="'status_change'",
        content_key='changes.new_value'
    ) }}
from {{ ref('stg_marketo__activity_change_data_value') }} as changes
inner join {{ source('text', 'label') }} as labels
    on changes.field = labels.raw_value and labels.label in ('lead status', 'lead_status')
where changes.record_status = 'used'
