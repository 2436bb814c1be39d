select
    {{ activity(
        'newsroom', 'request', 'forms', person_id='forms.person_id',
        activity_type="coalesce(names.activity_type, 'form_submit')",
        content_key='forms.form_name',
        content_category='names.content_category',
        form_kind='names.form_kind'
    ) }}
from {{ ref('stg_newsroom__request') }} as forms
left join {{ ref('int_form_names') }} as names
    on forms.form_name = names.form_name
    and {{ holds_on('names', local_day('forms.occurred_at')) }}
where forms.record_status = 'used'
