with

handoffs as (
    select * from {{ ref('int_handoff_starts') }}
),

statuses as (
    select * from {{ ref('int_lead_statuses') }}
),

reasons as (
    select * from {{ ref('int_record_values') }}
    where attribute = 'reject_reason'
),

conversion_records as (
    select * from {{ ref('int_conversions_unioned') }}
),

conversions as (
    select
        person_leads.lead_id,
        conversion_records.converted_at
    from conversion_records
    inner join {{ ref('int_person_leads') }} as person_leads
        on conversion_records.person_key = person_leads.person_key
),

responses as (
    select
        handoffs.handoff_id,
        statuses.valid_from as responded_at,
        case
            when statuses.meaning = 'returned' then 'recycled'
            else statuses.sales_response
        end as response,
        cast(null as varchar) as reason
    from handoffs
    inner join statuses
        on handoffs.lead_id = statuses.lead_id and handoffs.handed_off_at <= statuses.valid_from
    where statuses.sales_response <> 'none' or statuses.meaning = 'returned'

    union all

    select
        handoffs.handoff_id,
        reasons.valid_from as responded_at,
        'rejected' as response,
        reasons.value as reason
    from handoffs
    inner join reasons
        on handoffs.lead_id = reasons.lead_id and handoffs.handed_off_at <= reasons.valid_from

    union all

    -- A hand-over made by a conversion is accepted at once.
    select
        handoffs.handoff_id,
        greatest(conversions.converted_at, handoffs.handed_off_at) as responded_at,
        'accepted' as response,
        cast(null as varchar) as reason
    from handoffs
    inner join conversions
        on handoffs.lead_id = conversions.lead_id
        and handoffs.qualified_at <= conversions.converted_at
),

-- What is answered after the next hand-over is an answer to that one.
spans as (
    select
        handoff_id,
        lead(handed_off_at) over (partition by lead_id order by handed_off_at) as next_handed_off_at
    from handoffs
),

counted as (
    select responses.*
    from responses
    inner join spans on responses.handoff_id = spans.handoff_id
    where
        responses.responded_at <= {{ as_of() }}
        and (spans.next_handed_off_at is null or responses.responded_at < spans.next_handed_off_at)
),

final as (
    select
        handoff_id,
        min(case when response = 'accepted' then responded_at end) as accepted_at,
        min(case when response = 'rejected' then responded_at end) as rejected_at,
        min(case when response = 'recycled' then responded_at end) as recycled_at,
        min_by(reason, case when reason is not null then responded_at end) as reject_reason
    from counted
    group by handoff_id
)

select * from final
