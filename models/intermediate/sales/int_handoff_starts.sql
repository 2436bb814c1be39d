with

sqls as (
    select * from {{ source('lifecycle', 'sqls') }}
    where qualified_at <= {{ as_of() }}
),

asks as (
    select * from {{ ref('int_asks') }}
),

hand_marks as (
    select
        lead_id,
        trigger_id,
        marked_at,
        max(landed_at) as landed_at
    from {{ ref('int_hand_marks') }}
    group by lead_id, trigger_id, marked_at
),

answers as (
    select
        lead_id,
        trigger_id,
        valid_from,
        max(landed_at) as landed_at
    from {{ ref('int_lead_answers') }}
    group by lead_id, trigger_id, valid_from
),

-- The row that completed the SQL, and when it landed.
completed as (
    select
        sqls.*,
        coalesce(
            asks.landed_at, activities.landed_at, hand_marks.landed_at, answers.landed_at
        ) as completed_landed_at
    from sqls
    left join asks
        on sqls.lead_id = asks.lead_id
        and sqls.trigger_id = asks.trigger_id
    left join {{ ref('fct_score_ledger') }} as ledger
        on sqls.lead_id = ledger.lead_id
        and sqls.trigger_id = ledger.ledger_id
    left join {{ ref('fct_activities') }} as activities
        on ledger.activity_id = activities.activity_id
    left join hand_marks
        on sqls.lead_id = hand_marks.lead_id
        and sqls.trigger_id = hand_marks.trigger_id
        and sqls.qualified_at = hand_marks.marked_at
    left join answers
        on sqls.lead_id = answers.lead_id
        and sqls.trigger_id = answers.trigger_id
        and sqls.qualified_at = answers.valid_from
),

requested as (
    select
        sqls.lead_id,
        sqls.qualified_at,
        max(asks.asked_at) as requested_at
    from sqls
    inner join asks
        on sqls.lead_id = asks.lead_id
        and asks.activity_type = 'meeting_request'
        and sqls.qualified_at >= asks.asked_at
        and sqls.qualified_at - interval '30' day <= asks.asked_at
    group by sqls.lead_id, sqls.qualified_at
),

handoffs as (
    select
        md5(completed.lead_id || '|' || cast(completed.qualified_at as varchar)) as handoff_id,
        completed.lead_id,
        completed.qualified_at,
        {{ up_to_as_of('completed.lost_at') }} as lost_at,
        completed.basis,
        completed.trigger,
        completed.trigger_id,
        {{ known_at('completed.qualified_at', 'completed.completed_landed_at') }} as handed_off_at,
        requested.requested_at is not null as has_requested_meeting
    from completed
    left join requested
        on completed.lead_id = requested.lead_id
        and completed.qualified_at = requested.qualified_at
),

-- What sales does from the next hand-over on is about that one.
final as (
    select
        *,
        lead(handed_off_at) over (
            partition by lead_id order by handed_off_at, qualified_at
        ) as next_handed_off_at
    from handoffs
    where handed_off_at <= {{ as_of() }}
)

select * from final
