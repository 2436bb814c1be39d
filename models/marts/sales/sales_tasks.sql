with

leads as (
    select
        leads.lead_id,
        leads.owner_id,
        leads.score_band
    from {{ ref('dim_leads') }} as leads
    inner join {{ ref('int_callable_leads') }} as callable on leads.lead_id = callable.lead_id
),

handoffs as (
    select * from {{ ref('fct_handoffs') }}
),

bands as (
    select * from {{ ref('score_bands') }} as rules
    where {{ holds_on('rules', local_day(as_of())) }}
),

last_contacts as (
    select
        lead_id,
        max(occurred_at) as contacted_at
    from {{ ref('int_sales_work') }}
    where is_contact
    group by lead_id
),

last_handoffs as (
    select
        lead_id,
        max(handed_off_at) as handed_off_at,
        max(case when closed_at is null then 1 else 0 end) = 1 as is_in_sales_hands
    from handoffs
    group by lead_id
),

of_handoffs as (
    select
        case
            when first_follow_up_at is null then 'first_follow_up'
            else 'retry_contact'
        end as task_type,
        handoff_id as cause_id,
        lead_id,
        coalesce(first_follow_up_at, handed_off_at) as since_at,
        case when first_follow_up_at is null then due_at end as sla_due_at
    from handoffs
    where closed_at is null and first_contact_at is null
),

-- Who was returned is called back once the time has come, unless sales has spoken to them since.
of_returned as (
    select
        'call_back' as task_type,
        handoffs.handoff_id as cause_id,
        handoffs.lead_id,
        handoffs.recycled_at as since_at,
        cast(null as timestamp) as sla_due_at
    from handoffs
    inner join last_handoffs
        on handoffs.lead_id = last_handoffs.lead_id
        and handoffs.handed_off_at = last_handoffs.handed_off_at
    left join last_contacts on handoffs.lead_id = last_contacts.lead_id
    where
        handoffs.recycled_at is not null
        and (
            last_contacts.contacted_at is null
            or last_contacts.contacted_at <= handoffs.recycled_at
        )
),

of_asks as (
    select
        'answer_request' as task_type,
        asks.first_trigger_id as cause_id,
        asks.lead_id,
        asks.first_asked_at as since_at,
        cast(null as timestamp) as sla_due_at
    from {{ ref('int_waiting_asks') }} as asks
    left join last_handoffs on asks.lead_id = last_handoffs.lead_id
    where not coalesce(last_handoffs.is_in_sales_hands, false)
),

-- An MQL that nobody handed over: its band says whose it is.
of_mqls as (
    select
        'qualify' as task_type,
        mqls.lead_id || cast(mqls.qualified_at as varchar) as cause_id,
        mqls.lead_id,
        mqls.qualified_at as since_at,
        cast(null as timestamp) as sla_due_at
    from {{ ref('fct_qualifications') }} as mqls
    inner join leads on mqls.lead_id = leads.lead_id
    inner join bands on leads.score_band = bands.score_band and bands.assignment <> 'nurture'
    left join last_handoffs on mqls.lead_id = last_handoffs.lead_id
    left join last_contacts on mqls.lead_id = last_contacts.lead_id
    where
        mqls.qualification = 'mql'
        and mqls.lost_at is null
        and not coalesce(last_handoffs.is_in_sales_hands, false)
        and (last_contacts.contacted_at is null or last_contacts.contacted_at < mqls.qualified_at)
),

causes as (
    select * from of_handoffs
    union all
    select * from of_returned
    union all
    select * from of_asks
    union all
    select * from of_mqls
),

-- From the first task on: each join by ranges looks at every opening.
hours as (
    select * from {{ ref('int_business_hours') }}
    where
        calendar_id = 'default'
        and closes_at > (select min(causes.since_at) from causes)
),

begun as (
    select
        causes.*,
        causes.since_at + types.wait_days * interval '1' day as begins_at,
        types.due_business_minutes,
        types.name_en,
        types.name_ja
    from causes
    inner join {{ ref('sales_task_types') }} as types
        on causes.task_type = types.task_type
        and types.is_active
        and {{ holds_on('types', local_day('causes.since_at')) }}
),

started as (
    select
        begun.*,
        {{ business_time('begun.begins_at', 'hours') }}
        + begun.due_business_minutes * {{ microseconds_per_minute() }} as business_time_due
    from begun
    inner join hours
        on begun.begins_at >= hours.closed_since and begun.begins_at < hours.closes_at
),

-- The cause makes the key: as long as it lasts, each night makes the same task.
final as (
    select
        started.task_type || ':' || md5(started.cause_id) as task_key,
        started.lead_id,
        leads.owner_id,
        started.task_type,
        coalesce(
            started.sla_due_at,
            {{ later_by(
                'hours.opens_at',
                'started.business_time_due - hours.minutes_before * ' ~ microseconds_per_minute()
            ) }}
        ) as due_at,
        started.name_en || ', since '
        || cast({{ local_day('started.since_at') }} as varchar) as reason,
        started.name_ja || '（'
        || cast({{ local_day('started.since_at') }} as varchar) || '〜）' as reason_ja,
        case
            when leads.owner_id is null then 'queue'
            when started.task_type = 'qualify' then bands.assignment
            else 'owner'
        end as assignment,
        started.since_at
    from started
    inner join leads on started.lead_id = leads.lead_id
    left join bands on leads.score_band = bands.score_band
    inner join hours
        on started.business_time_due > hours.minutes_before * {{ microseconds_per_minute() }}
        and started.business_time_due
        <= (hours.minutes_before + hours.working_minutes) * {{ microseconds_per_minute() }}
)

select * from final
