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

select
    'salesforce:campaign_member:' || record_id as activity_id,
    'salesforce:' || person_id as person_key,
    case
        when {{ came_true('responded_at') }} then {{ build_id() }}
        else changed_in_build
    end as changed_in_build
from {{ ref('stg_salesforce__campaign_member') }}

union all

select
    'salesforce:lead_history:' || record_id as activity_id,
    'salesforce:' || lead_id as person_key,
    changed_in_build
from {{ ref('stg_salesforce__lead_history') }}
