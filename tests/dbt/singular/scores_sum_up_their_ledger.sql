-- Attribute, manual and undecayed behaviour points of a lead are the sums of its ledger.
with

sums as (
    select
        lead_id,
        sum(case when score_kind = 'behaviour' then points_awarded else 0 end) as behaviour_points,
        sum(case when score_kind = 'attribute' then points_awarded else 0 end) as attribute_points,
        sum(case when score_kind = 'manual' then points_awarded else 0 end) as manual_points
    from {{ ref('fct_score_ledger') }}
    group by lead_id
)

select
    scores.lead_id,
    scores.behaviour_score_all_time,
    sums.behaviour_points,
    scores.attribute_score,
    sums.attribute_points,
    scores.manual_score,
    sums.manual_points
from {{ ref('lead_scores') }} as scores
left join sums on scores.lead_id = sums.lead_id
where
    abs(scores.behaviour_score_all_time - coalesce(sums.behaviour_points, 0)) > 0.000001
    or abs(scores.attribute_score - coalesce(sums.attribute_points, 0)) > 0.000001
    or abs(scores.manual_score - coalesce(sums.manual_points, 0)) > 0.000001
