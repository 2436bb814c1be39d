with

-- A mail of a list is one mailing; any other is one of its own for each person it went to.
steps as (
    select
        *,
        coalesce(mail_key, '') || '/' || coalesce(campaign_id, '')
        || case when mail_key like 'list/%' then '' else '/' || coalesce(email_id, '') end
            as mailing_key
    from {{ ref('map_pardot__visitor_actions') }}
    where record_status = 'used' and activity_type like 'email%'
)

select
    {{ activity(
        'pardot', 'visitor_activity', 'steps', person_id='steps.prospect_id',
        content_key='coalesce('
            ~ 'case when steps.link is null then steps.details end, names.asset_name, steps.mail_key)',
        mailing_key='steps.mailing_key',
        link="case when steps.activity_type = 'email_click' then steps.link end",
        campaign_id='steps.campaign_id'
    ) }}
from steps
left join {{ ref('map_pardot__mail_names') }} as names on steps.mail_key = names.mail_key
