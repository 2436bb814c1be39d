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
    {{ activity(
        'salesforce', 'campaign_member', source_rank=3,
        content_key='campaign_id',
        content_category="'event'",
        event_key="'salesforce:' || campaign_id",
        event_name='name_label',
        campaign_id='campaign_id',
        is_on_demand='is_on_demand'
    ) }}
from members
