with

labels as (
    select * from {{ source('text', 'label') }}
),

campaigns as (
    select
        campaigns.campaign_id,
        campaigns.campaign_type,
        type_labels.label as type_label,
        name_labels.label as name_label
    from {{ ref('stg_salesforce__campaign') }} as campaigns
    left join labels as type_labels on campaigns.campaign_type = type_labels.raw_value
    left join labels as name_labels on campaigns.campaign_name = name_labels.raw_value
    where campaigns.record_status = 'used'
),

-- Members of campaigns that are events, or of which nobody says what they are.
members as (
    select
        memberships.*,
        statuses.activity_type,
        statuses.is_on_demand,
        campaigns.name_label,
        case
            when statuses.activity_type in ('event_registered', 'event_attended')
                then coalesce({{ up_to_as_of('memberships.responded_at') }}, memberships.created_at)
            else memberships.created_at
        end as occurred_at
    from {{ ref('stg_salesforce__campaign_member') }} as memberships
    inner join labels as status_labels on memberships.member_status = status_labels.raw_value
    inner join {{ ref('programme_status_map') }} as statuses
        on status_labels.label = statuses.status_label
        and {{ holds_on('statuses', local_day('memberships.created_at')) }}
    left join campaigns on memberships.campaign_id = campaigns.campaign_id
    left join {{ ref('event_channels') }} as channels
        on campaigns.type_label = channels.channel_label
        and {{ holds_on('channels', local_day('memberships.created_at')) }}
    where
        memberships.record_status = 'used'
        and (channels.channel_label is not null or campaigns.campaign_type is null)
)

select
    'salesforce:campaign_member:' || record_id as activity_id,
    'salesforce' as connector,
    'campaign_member' as source_table,
    record_id as source_record_id,
    3 as source_rank,
    'salesforce:' || person_id as person_key,
    occurred_at,
    activity_type,
    campaign_id as content_key,
    'event' as content_category,
    cast(null as varchar) as form_kind,
    cast(null as varchar) as mailing_key,
    cast(null as varchar) as link,
    cast(null as varchar) as user_agent,
    'salesforce:' || campaign_id as event_key,
    name_label as event_name,
    campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    is_on_demand,
    landed_at,
    changed_in_build
from members
