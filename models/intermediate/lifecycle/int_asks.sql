{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


select
    lead_id,
    occurred_at as asked_at,
    activity_type,
    activity_id as trigger_id,
    landed_at
from {{ ref('fct_activities') }}
where
    activity_type in ('inquiry', 'meeting_request')
    and lead_id is not null
    and duplicate_of is null
    and not is_machine
    and {{ only_changed('lead_id', 'int_changed_leads') }}
