{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='mail_id',
    meta={'changed': 'int_changed_mails'}
) }}

with

mails as (
    select activity_id, mail_id, activity_type, occurred_at, link
    from {{ ref('int_activities') }}
    where
        activity_type in ('email_sent', 'email_delivered', 'email_open', 'email_click')
        and {{ only_changed('mail_id', 'int_changed_mails') }}
),

deliveries as (
    select mail_id, occurred_at from mails
    where activity_type = 'email_delivered'
),

-- The delivery counts; where none landed, the sending.
arrivals as (
    select mail_id, occurred_at from deliveries

    union all

    select mail_id, occurred_at from mails
    where
        activity_type = 'email_sent'
        and mail_id not in (select deliveries.mail_id from deliveries)
),

reactions as (
    select
        activity_id,
        mail_id,
        activity_type,
        occurred_at,
        link,
        case activity_type when 'email_open' then 5 else 10 end as least_seconds
    from mails
    where activity_type in ('email_open', 'email_click')
),

too_fast as (
    select
        reactions.activity_id,
        reactions.mail_id,
        'too_fast' as machine_reason
    from reactions
    inner join arrivals
        on reactions.mail_id = arrivals.mail_id
        and reactions.occurred_at >= arrivals.occurred_at
        and reactions.occurred_at
        <= arrivals.occurred_at + reactions.least_seconds * interval '1' second
    group by reactions.activity_id, reactions.mail_id
),

clicks as (
    select * from reactions
    where activity_type = 'email_click'
),

-- Three different links of one mail within five seconds: no hand is that quick.
bursts as (
    select
        clicks.mail_id,
        clicks.occurred_at as from_at,
        clicks.occurred_at + interval '5' second as to_at
    from clicks
    inner join clicks as followers
        on clicks.mail_id = followers.mail_id
        and followers.occurred_at >= clicks.occurred_at
        and followers.occurred_at <= clicks.occurred_at + interval '5' second
    group by clicks.activity_id, clicks.mail_id, clicks.occurred_at
    having count(distinct followers.link) >= 3
),

in_bursts as (
    select
        clicks.activity_id,
        clicks.mail_id,
        'many_links' as machine_reason
    from clicks
    inner join bursts
        on clicks.mail_id = bursts.mail_id
        and clicks.occurred_at >= bursts.from_at
        and clicks.occurred_at <= bursts.to_at
    group by clicks.activity_id, clicks.mail_id
),

-- What the tool itself takes for a machine's.
flagged as (
    select
        reactions.activity_id,
        reactions.mail_id,
        'flagged_by_tool' as machine_reason
    from reactions
    inner join {{ ref('int_machine_flags_unioned') }} as flags
        on reactions.activity_id = flags.activity_id
),

reasons as (
    select * from too_fast
    union all
    select * from in_bursts
    union all
    select * from flagged
),

final as (
    select
        activity_id,
        mail_id,
        max(machine_reason) as machine_reason
    from reasons
    group by activity_id, mail_id
)

select * from final
