select
    'salesforce:task:' || record_id as activity_id,
    'salesforce:' || person_id as person_key,
    case
        when {{ came_true('completed_at') }} or {{ came_true('modified_at') }} then {{ build_id() }}
        else changed_in_build
    end as changed_in_build
from {{ ref('stg_salesforce__task') }}

union all

select
    'salesforce:event:' || record_id as activity_id,
    'salesforce:' || person_id as person_key,
    case
        when {{ came_true('coalesce(ends_at, starts_at)') }} then {{ build_id() }}
        else changed_in_build
    end as changed_in_build
from {{ ref('stg_salesforce__event') }}

union all

-- What a membership is, its campaign says.
select
    'salesforce:campaign_member:' || memberships.record_id as activity_id,
    'salesforce:' || memberships.person_id as person_key,
    case
        when {{ came_true('memberships.responded_at') }} then {{ build_id() }}
        else greatest(memberships.changed_in_build, coalesce(campaigns.changed_in_build, 0))
    end as changed_in_build
from {{ ref('stg_salesforce__campaign_member') }} as memberships
left join {{ ref('stg_salesforce__campaign') }} as campaigns
    on memberships.campaign_id = campaigns.campaign_id

union all

select
    'salesforce:lead_history:' || record_id as activity_id,
    'salesforce:' || lead_id as person_key,
    changed_in_build
from {{ ref('stg_salesforce__lead_history') }}
