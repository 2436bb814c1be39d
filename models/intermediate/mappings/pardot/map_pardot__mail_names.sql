with

-- A click tells the link, the other steps of a mail its name.
steps as (
    select * from {{ ref('map_pardot__visitor_actions') }}
    where
        mail_key is not null
        and activity_type in ('email_sent', 'email_open', 'email_bounce', 'email_unsubscribe')
        and details is not null
        and link is null
),

named as (
    select
        mail_key,
        min(case when record_status = 'used' then details end) as asset_name,
        max(case when record_status <> 'used' then changed_in_build else 0 end) as gone_in_build
    from steps
    group by mail_key
)

-- The name is new when its first row is, or where a row that may have told another is gone.
select
    named.mail_key,
    named.asset_name,
    greatest(named.gone_in_build, coalesce(min(steps.changed_in_build), 0)) as changed_in_build
from named
left join steps
    on named.mail_key = steps.mail_key
    and named.asset_name = steps.details
    and steps.record_status = 'used'
group by named.mail_key, named.asset_name, named.gone_in_build
