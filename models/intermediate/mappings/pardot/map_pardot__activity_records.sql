-- A view becomes another when its browser turns out to be somebody's, a click when its mail gets a
-- name, a form when the view of its page lands.
select
    'pardot:visitor_page_view:' || views.record_id as activity_id,
    'pardot:' || coalesce(
        views.prospect_id,
        case when visitors.record_status = 'used' then visitors.prospect_id end
    ) as person_key,
    greatest(views.changed_in_build, coalesce(visitors.changed_in_build, 0)) as changed_in_build
from {{ ref('stg_pardot__visitor_page_view') }} as views
left join {{ ref('stg_pardot__visitor') }} as visitors
    on views.visitor_id = visitors.record_id

union all

select
    'pardot:visitor_activity:' || actions.record_id as activity_id,
    'pardot:' || actions.prospect_id as person_key,
    case
        when actions.activity_type = 'email_click' and actions.link is not null
            then greatest(actions.changed_in_build, coalesce(names.changed_in_build, 0))
        else actions.changed_in_build
    end as changed_in_build
from {{ ref('map_pardot__visitor_actions') }} as actions
left join {{ ref('map_pardot__mail_names') }} as names
    on actions.mail_key = names.mail_key
