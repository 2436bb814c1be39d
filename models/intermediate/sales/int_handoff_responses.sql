with

handoffs as (
    select * from {{ ref('int_handoff_starts') }}
),

sales_responses as (
    select * from {{ ref('int_sales_responses') }}
),

-- A hand-over made by a conversion is accepted at once, also when the conversion landed later.
responses as (
    select
        handoffs.handoff_id,
        handoffs.next_handed_off_at,
        greatest(sales_responses.responded_at, handoffs.handed_off_at) as responded_at,
        sales_responses.response,
        sales_responses.reason
    from handoffs
    inner join sales_responses
        on handoffs.lead_id = sales_responses.lead_id
        and sales_responses.responded_at >= case sales_responses.told_by
            when 'conversion' then handoffs.qualified_at
            else handoffs.handed_off_at
        end
),

-- What is answered after the next hand-over is an answer to that one.
counted as (
    select * from responses
    where
        responded_at <= {{ as_of() }}
        and responded_at < {{ or_never('next_handed_off_at') }}
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
