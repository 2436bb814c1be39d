-- Since its last change a score only decays: the newest daily row, as worth now, is the score. Where the
-- half-life changed since then, the whole age of the points counts by the new one, so nothing is said.
with

settings as (
    select * from {{ ref('score_settings') }} as score_settings
    where {{ holds_on('score_settings', local_day(as_of())) }}
),

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
        daily.manual_score,
        settings.half_life_days = former.half_life_days as is_comparable,
        {{
            decayed(
                'daily.behaviour_score',
                'daily.score_date',
                local_day(as_of()),
                'settings.half_life_days'
            )
        }} as behaviour_score
    from daily
    cross join settings
    inner join {{ ref('score_settings') }} as former
        on {{ holds_on('former', 'daily.score_date') }}
    where daily.newness = 1
)

select
    scores.lead_id,
    scores.behaviour_score,
    valued.behaviour_score as behaviour_score_by_day
from {{ ref('lead_scores') }} as scores
left join valued on scores.lead_id = valued.lead_id
where
    (
        coalesce(valued.is_comparable, true)
        and abs(scores.behaviour_score - coalesce(valued.behaviour_score, 0)) > 0.000001
    )
    or abs(scores.attribute_score - coalesce(valued.attribute_score, 0)) > 0.000001
    or abs(scores.manual_score - coalesce(valued.manual_score, 0)) > 0.000001
