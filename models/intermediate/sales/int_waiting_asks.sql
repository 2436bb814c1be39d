with

last_contacts as (
    select
        lead_id,
        max(occurred_at) as contacted_at
    from {{ ref('int_sales_work') }}
    where is_contact
    group by lead_id
),

-- A contact at the very instant answers; a call that nobody took does not.
waiting as (
    select
        asks.lead_id,
        asks.asked_at,
        asks.trigger_id
    from {{ ref('int_asks') }} as asks
    left join last_contacts on asks.lead_id = last_contacts.lead_id
    where
        asks.asked_at <= {{ as_of() }}
        and (last_contacts.contacted_at is null or last_contacts.contacted_at < asks.asked_at)
),

-- Whoever asked again within thirty days still waits, since the first time.
final as (
    select
        lead_id,
        min(asked_at) as first_asked_at,
        max(asked_at) as last_asked_at,
        min_by(trigger_id, {{ earlier_first('asked_at', 'trigger_id') }}) as first_trigger_id
    from waiting
    group by lead_id
)

select * from final
where last_asked_at >= {{ as_of() }} - interval '30' day
