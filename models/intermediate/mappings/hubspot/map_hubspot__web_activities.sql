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
    {{ activity(
        'hubspot', 'contact_page_view', 'views', person_id='views.contact_id',
        activity_type="'page_view'",
        content_key='coalesce(paths.content_key, views.page_path)',
        content_category='paths.content_category',
        user_agent='views.user_agent'
    ) }}
from {{ ref('stg_hubspot__contact_page_view') }} as views
left join {{ ref('int_content_paths') }} as paths
    on views.page_path = paths.page_path
    and {{ holds_on('paths', local_day('views.occurred_at')) }}
where views.record_status = 'used'

union all

select
    {{ activity(
        'hubspot', 'contact_form_submission', 'submissions', person_id='submissions.contact_id',
        activity_type="coalesce(names.activity_type, 'form_submit')",
        content_key="nullif( coalesce(submissions.form_name, '') || coalesce('|' || submissions.page_path, ''), '' )",
        content_category='coalesce(names.content_category, paths.content_category)',
        form_kind='names.form_kind'
    ) }}
from submissions
left join {{ ref('int_form_names') }} as names
    on submissions.form_name = names.form_name
    and {{ holds_on('names', local_day('submissions.occurred_at')) }}
left join {{ ref('int_content_paths') }} as paths
    on submissions.page_path = paths.page_path
    and {{ holds_on('paths', local_day('submissions.occurred_at')) }}
