{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

recipients as (
    select * from {{ ref('map_hubspot__recipients') }}
),

mailings as (
    select campaign_id, mailing_name from {{ ref('stg_hubspot__email_campaign') }}
),

clicks as (
    select * from {{ ref('stg_hubspot__email_event_click') }}
),

opens as (
    select * from {{ ref('stg_hubspot__email_event_open') }}
),

status_changes as (
    select * from {{ ref('stg_hubspot__email_event_status_change') }}
),

{% if is_incremental() -%}
-- New is also what is known otherwise now: whose the address is, what the mailing is called.
new_events as (
    select event_id from {{ ref('stg_hubspot__email_event') }}
    where {{ is_changed('changed_in_build') }}
    union
    select event_id from clicks
    where {{ is_changed('changed_in_build') }}
    union
    select event_id from opens
    where {{ is_changed('changed_in_build') }}
    union
    select event_id from status_changes
    where {{ is_changed('changed_in_build') }}
    union
    select told.record_id as event_id
    from {{ this }} as told
    left join recipients on told.address = recipients.address
    left join mailings on told.campaign_id = mailings.campaign_id
    where
        (told.contact_id is distinct from recipients.contact_id)
        or (told.mailing_name is distinct from mailings.mailing_name)
),

events as (
    select * from {{ ref('stg_hubspot__email_event') }}
    where event_id in (select new_events.event_id from new_events)
),
{%- else -%}
events as (
    select * from {{ ref('stg_hubspot__email_event') }}
),
{%- endif %}

addressed as (
    select
        events.*,
        coalesce(normal_forms.email, lower(events.recipient)) as address
    from events
    left join {{ source('text', 'email') }} as normal_forms
        on events.recipient = normal_forms.raw_value
),

final as (
    select
        addressed.record_id,
        addressed.address,
        recipients.contact_id,
        addressed.campaign_id,
        addressed.sent_by_id,
        case addressed.event_type
            when 'SENT' then 'email_sent'
            when 'DELIVERED' then 'email_delivered'
            when 'OPEN' then 'email_open'
            when 'CLICK' then 'email_click'
            when 'BOUNCE' then 'email_bounce'
            when 'STATUSCHANGE' then
                case when status_changes.is_unsubscription then 'email_unsubscribe' end
        end as activity_type,
        mailings.mailing_name,
        clicks.link,
        coalesce(clicks.user_agent, opens.user_agent) as user_agent,
        addressed.is_filtered,
        addressed.occurred_at,
        addressed.record_status,
        addressed.landed_at,
        {{ build_id() }} as changed_in_build
    from addressed
    left join recipients on addressed.address = recipients.address
    left join mailings on addressed.campaign_id = mailings.campaign_id
    left join clicks
        on addressed.event_id = clicks.event_id and clicks.record_status = 'used'
    left join opens
        on addressed.event_id = opens.event_id and opens.record_status = 'used'
    left join status_changes
        on addressed.event_id = status_changes.event_id and status_changes.record_status = 'used'
)

select * from final
