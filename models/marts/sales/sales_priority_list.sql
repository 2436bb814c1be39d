with

leads as (
    select leads.*
    from {{ ref('dim_leads') }} as leads
    inner join {{ ref('int_callable_leads') }} as callable on leads.lead_id = callable.lead_id
),

scores as (
    select * from {{ ref('lead_scores') }}
),

open_handoffs as (
    select
        lead_id,
        min(due_at) as sla_due_at
    from {{ ref('fct_handoffs') }}
    where closed_at is null and first_follow_up_at is null
    group by lead_id
),

asks as (
    select
        lead_id,
        last_asked_at as asked_at
    from {{ ref('int_waiting_asks') }}
),

mqls as (
    select
        lead_id,
        max(qualified_at) as qualified_at
    from {{ ref('fct_qualifications') }}
    where qualification = 'mql' and lost_at is null
    group by lead_id
),

-- First who is handed over, then who asked and got no answer, then who reached the threshold.
due as (
    select
        leads.lead_id,
        leads.owner_id,
        scores.total_score,
        scores.predicted_probability,
        scores.crossed_threshold_at,
        scores.top_reasons,
        scores.top_reasons_ja,
        -- By rules that lower the threshold a lead reaches it without a change of its score.
        coalesce(scores.crossed_threshold_at, mqls.qualified_at) as reached_at,
        open_handoffs.sla_due_at,
        asks.asked_at,
        case
            when open_handoffs.lead_id is not null then 1
            when asks.lead_id is not null then 2
            when mqls.lead_id is not null then 3
        end as call_class
    from leads
    inner join scores on leads.lead_id = scores.lead_id
    left join open_handoffs on leads.lead_id = open_handoffs.lead_id
    left join asks on leads.lead_id = asks.lead_id
    left join mqls on leads.lead_id = mqls.lead_id
),

final as (
    select
        cast(row_number() over (
            order by
                call_class asc,
                sla_due_at asc nulls last,
                case when call_class = 2 then asked_at end desc nulls last,
                crossed_threshold_at desc nulls last,
                predicted_probability desc nulls last,
                total_score desc,
                lead_id asc
        ) as bigint) as priority_rank,
        lead_id,
        owner_id,
        case call_class
            when 1 then 'Handed over, follow-up due ' || cast(sla_due_at as varchar) || ' UTC'
            when 2
                then
                    'Asked on '
                    || cast({{ local_day('asked_at') }} as varchar)
                    || ' and got no answer'
            else
                'Reached the threshold on '
                || cast({{ local_day('reached_at') }} as varchar)
        end || coalesce(': ' || top_reasons, '') as why,
        case call_class
            when 1 then '引き渡し済み、対応期限 ' || cast(sla_due_at as varchar) || ' UTC'
            when 2 then cast({{ local_day('asked_at') }} as varchar) || ' に問い合わせ、未回答'
            else cast({{ local_day('reached_at') }} as varchar) || ' に基準点に到達'
        end || coalesce('：' || top_reasons_ja, '') as why_ja,
        case call_class
            when 1 then 'Call now and log the call'
            when 2 then 'Answer the request'
            else 'Ask for timeline, budget and role'
        end as next_action,
        case call_class
            when 1 then '今すぐ電話し、記録する'
            when 2 then '問い合わせに回答する'
            else '導入時期・予算・役割を確認する'
        end as next_action_ja,
        sla_due_at,
        predicted_probability,
        total_score
    from due
    where call_class is not null
)

select * from final
