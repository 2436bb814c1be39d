with

starts as (
    select
        handoff_id,
        lead_id,
        handed_off_at
    from {{ ref('int_handoff_starts') }}
),

rules as (
    select * from {{ ref('score_rules') }}
),

known_events as (
    select
        activities.handoff_id,
        candidates.rule_id,
        candidates.rule_version,
        candidates.points,
        candidates.effective_on,
        rules.daily_limit,
        row_number() over (
            partition by
                activities.handoff_id,
                candidates.rule_id,
                activities.content_key,
                candidates.effective_on
            order by candidates.effective_at, candidates.sort_key
        ) as count_of_day
    from {{ ref('int_handoff_activities') }} as activities
    inner join {{ ref('int_score_candidates') }} as candidates
        on activities.activity_id = candidates.activity_id
    inner join rules
        on candidates.rule_id = rules.rule_id and candidates.rule_version = rules.rule_version
),

answers as (
    select
        lead_id,
        valid_from,
        max({{ known_at('valid_from', 'landed_at') }}) as known_at
    from {{ ref('int_lead_answers') }}
    group by lead_id, valid_from
),

-- What an attribute gave and took back by then; a row of the ledger begins where an answer does.
known_attributes as (
    select
        starts.handoff_id,
        points.rule_id,
        points.rule_version,
        points.points,
        {{ local_day('points.effective_at') }} as effective_on
    from starts
    inner join {{ ref('int_attribute_points') }} as points
        on starts.lead_id = points.lead_id and starts.handed_off_at >= points.effective_at
    left join answers
        on points.lead_id = answers.lead_id and points.effective_at = answers.valid_from
    where starts.handed_off_at >= coalesce(answers.known_at, points.effective_at)
),

counted as (
    select handoff_id, rule_id, rule_version, points, effective_on, true as is_event
    from known_events
    where daily_limit is null or count_of_day <= daily_limit

    union all

    select handoff_id, rule_id, rule_version, points, effective_on, false as is_event
    from known_attributes
),

worth as (
    select
        counted.handoff_id,
        counted.rule_id,
        max(counted.rule_version) as rule_version,
        max(counted.is_event) as is_event,
        count(*) as times,
        max(counted.effective_on) as newest_on,
        sum(cast(counted.points as decimal(18, 6))) as points
    from counted
    group by counted.handoff_id, counted.rule_id
),

ranked as (
    select
        worth.handoff_id,
        worth.is_event,
        worth.points,
        cast(worth.times as varchar) as times,
        cast(worth.newest_on as varchar) as newest_on,
        rules.name_en,
        rules.name_ja,
        row_number() over (
            partition by worth.handoff_id order by abs(worth.points) desc, worth.rule_id
        ) as reason_rank
    from worth
    inner join rules
        on worth.rule_id = rules.rule_id and worth.rule_version = rules.rule_version
    where worth.points <> 0
),

worded as (
    select
        handoff_id,
        reason_rank,
        case
            when is_event
                then
                    name_en || ' x' || times || ' (' || {{ signed_points('points') }}
                    || ', last on ' || newest_on || ')'
            else name_en || ' (' || {{ signed_points('points') }} || ')'
        end as reason_en,
        case
            when is_event
                then
                    name_ja || ' ' || times || '回 (' || {{ signed_points('points') }}
                    || '点、最終 ' || newest_on || ')'
            else name_ja || ' (' || {{ signed_points('points') }} || '点)'
        end as reason_ja
    from ranked
),

final as (
    select
        handoff_id,
        string_agg(reason_en, '; ' order by reason_rank) as score_reasons,
        string_agg(reason_ja, '、' order by reason_rank) as score_reasons_ja
    from worded
    group by handoff_id
)

select * from final
