{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='activity_id',
    meta={'changed': 'int_changed_activities'}
) }}

with

events as (
    select
        activities.activity_id,
        activities.connector,
        activities.source_table,
        activities.source_record_id,
        activities.source_rank,
        activities.activity_type,
        activities.event_key,
        activities.event_name,
        activities.occurred_at,
        person_leads.lead_id
    from {{ ref('int_activities') }} as activities
    inner join {{ ref('int_person_leads') }} as person_leads
        on activities.person_key = person_leads.person_key
    where
        coalesce(activities.event_key, activities.event_name) is not null
        and person_leads.lead_id is not null
),

-- Whether an event was told before depends on all events of its lead, changed or not.
changed_leads as (
    select lead_id from events
    where {{ only_changed('activity_id', 'int_changed_activities') }}
),

-- The first in rank tells of the event; others of the same programme tell of it again.
ranked as (
    select
        *,
        first_value(activity_id) over by_programme as first_of_programme,
        first_value(source_table) over by_programme as table_of_programme,
        first_value(activity_id) over by_name as first_of_name,
        first_value(connector) over by_name as connector_of_name
    from events
    where lead_id in (select changed_leads.lead_id from changed_leads)
    window
        by_programme as (
            partition by lead_id, activity_type, event_key
            order by source_rank, occurred_at, source_table, source_record_id
        ),
        by_name as (
            partition by lead_id, activity_type, event_name
            order by source_rank, connector, occurred_at, source_table, source_record_id
        )
),

final as (
    select
        activity_id,
        case
            when event_name is not null and connector_of_name <> connector then first_of_name
            when
                event_key is not null and table_of_programme <> source_table
                then first_of_programme
        end as duplicate_of
    from ranked
)

select * from final
where duplicate_of is not null and {{ only_changed('activity_id', 'int_changed_activities') }}
