with

starts as (
    select
        *,
        {{ local_day('handed_off_at') }} as handed_off_on
    from {{ ref('int_handoff_starts') }}
),

owners as (
    select * from {{ ref('int_lead_attributes') }}
    where attribute = 'owner_id'
),

users as (
    select * from {{ ref('int_sales_users_unioned') }}
),

-- The clock runs where the owner works, as long as a calendar is kept for that zone.
final as (
    select
        starts.handoff_id,
        owners.value as owner_id,
        calendars.calendar_id
    from starts
    left join owners
        on starts.lead_id = owners.lead_id
        and starts.handed_off_at >= owners.valid_from
        and starts.handed_off_at < {{ or_never('owners.valid_to') }}
    left join users on owners.value = users.user_id
    left join {{ ref('time_zone_calendars') }} as calendars
        on users.time_zone = calendars.time_zone
        and {{ holds_on('calendars', 'starts.handed_off_on') }}
)

select * from final
