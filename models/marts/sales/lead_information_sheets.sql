with

starts as (
    select
        handoff_id,
        lead_id,
        handed_off_at
    from {{ ref('int_handoff_starts') }}
),

activities as (
    select
        *,
        row_number() over (
            partition by handoff_id order by occurred_at desc, activity_id asc
        ) as newness
    from {{ ref('int_handoff_activities') }}
    where activity_type not in ('email_sent', 'email_delivered', 'email_bounce', 'event_invited')
),

recent as (
    select
        handoff_id,
        string_agg(
            cast(occurred_on as varchar) || ' ' || activity_type
            || coalesce(' ' || content_key, ''),
            '; ' order by newness
        ) as recent_activities
    from activities
    where newness <= 10
    group by handoff_id
),

requests as (
    select handoff_id
    from {{ ref('int_handoff_activities') }}
    where
        activity_type = 'meeting_request'
        and occurred_at >= handed_off_at - interval '30' day
    group by handoff_id
),

final as (
    select
        starts.handoff_id,
        starts.lead_id,
        people.company_name,
        answers.job_title,
        answers.buying_role,
        answers.stated_problem,
        answers.purchase_timeline,
        answers.purchase_deadline,
        answers.budget,
        handoff_stages.stage_key,
        people.key_persons,
        reasons.score_reasons,
        reasons.score_reasons_ja,
        recent.recent_activities,
        case when requests.handoff_id is not null then 'Answer the meeting request. ' else '' end
        || stages.what_to_do as next_action,
        starts.handed_off_at as sheet_as_of
    from starts
    inner join {{ ref('int_handoff_stages') }} as handoff_stages
        on starts.handoff_id = handoff_stages.handoff_id
    inner join {{ ref('stage_definitions') }} as stages
        on handoff_stages.stage_key = stages.stage_key
    left join {{ ref('int_handoff_answers') }} as answers on starts.handoff_id = answers.handoff_id
    left join {{ ref('int_handoff_people') }} as people on starts.handoff_id = people.handoff_id
    left join {{ ref('int_handoff_reasons') }} as reasons on starts.handoff_id = reasons.handoff_id
    left join recent on starts.handoff_id = recent.handoff_id
    left join requests on starts.handoff_id = requests.handoff_id
)

select * from final
