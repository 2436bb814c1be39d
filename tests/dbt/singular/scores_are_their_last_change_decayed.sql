-- Since its last change a score only decays: the newest daily row, as worth now, is the score.
with

daily as (
    select
        *,
        row_number() over (partition by lead_id order by score_date desc) as newness
    from {{ ref('lead_scores_daily') }}
),

valued as (
    select
        daily.lead_id,
        daily.attribute_score,
        {{
            decayed(
                'daily.behaviour_score',
                'daily.score_date',
                local_day(as_of()),
                'settings.half_life_days'
            )
        }} as behaviour_score
    from daily
    inner join {{ ref('score_settings') }} as settings
        on {{ holds_on('settings', local_day(as_of())) }}
    where daily.newness = 1
)

select
    scores.lead_id,
    scores.behaviour_score,
    valued.behaviour_score as behaviour_score_by_day
from {{ ref('lead_scores') }} as scores
left join valued on scores.lead_id = valued.lead_id
where
    abs(scores.behaviour_score - coalesce(valued.behaviour_score, 0)) > 0.000001
    or abs(scores.attribute_score - coalesce(valued.attribute_score, 0)) > 0.000001
