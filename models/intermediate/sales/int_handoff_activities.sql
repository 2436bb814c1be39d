with

starts as (
    select
        handoff_id,
        lead_id,
        handed_off_at
    from {{ ref('int_handoff_starts') }}
),

-- What had happened and landed by then; what a machine did or another row tells is no news.
final as (
    select
        starts.handoff_id,
        starts.handed_off_at,
        activities.activity_id,
        activities.activity_type,
        activities.content_key,
        activities.occurred_at,
        activities.occurred_on
    from starts
    inner join {{ ref('fct_activities') }} as activities
        on starts.lead_id = activities.lead_id
        and starts.handed_off_at >= activities.occurred_at
        and starts.handed_off_at
        >= {{ known_at('activities.occurred_at', 'activities.landed_at') }}
    where not activities.is_machine and activities.duplicate_of is null
)

select * from final
