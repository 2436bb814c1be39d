with

handoffs as (
    select
        *,
        {{ local_day('handed_off_at') }} as handed_off_on
    from {{ ref('int_handoff_starts') }}
),

settings as (
    select * from {{ ref('score_settings') }}
),

grades as (
    select * from {{ ref('score_grades') }}
),

scores as (
    select
        handoffs.handoff_id,
        handoffs.handed_off_on,
        cast(coalesce(sum(
            case
                when ledger.score_kind = 'behaviour'
                    then
                        {{
                            decayed(
                                'ledger.points_awarded',
                                'ledger.effective_on',
                                'handoffs.handed_off_on',
                                'settings.half_life_days'
                            )
                        }}
            end
        ), 0) as double) as behaviour_score,
        cast(coalesce(sum(
            case
                when ledger.score_kind = 'attribute'
                    then cast(ledger.points_awarded as decimal(18, 6))
            end
        ), 0) as double) as attribute_score
    from handoffs
    inner join settings on {{ holds_on('settings', 'handoffs.handed_off_on') }}
    left join {{ ref('fct_score_ledger') }} as ledger
        on handoffs.lead_id = ledger.lead_id
        and handoffs.handed_off_at >= ledger.effective_at
    group by handoffs.handoff_id, handoffs.handed_off_on
),

fit_grades as (
    select
        scores.handoff_id,
        max_by(grades.grade, coalesce(grades.min_points, -1e300)) as grade
    from scores
    inner join grades
        on grades.axis = 'fit'
        and (grades.min_points is null or scores.attribute_score >= grades.min_points)
        and {{ holds_on('grades', 'scores.handed_off_on') }}
    group by scores.handoff_id
),

behaviour_grades as (
    select
        scores.handoff_id,
        max_by(grades.grade, coalesce(grades.min_points, -1e300)) as grade
    from scores
    inner join grades
        on grades.axis = 'behaviour'
        and (grades.min_points is null or round(scores.behaviour_score, 6) >= grades.min_points)
        and {{ holds_on('grades', 'scores.handed_off_on') }}
    group by scores.handoff_id
),

final as (
    select
        fit_grades.handoff_id,
        fit_grades.grade || behaviour_grades.grade as grade
    from fit_grades
    inner join behaviour_grades on fit_grades.handoff_id = behaviour_grades.handoff_id
)

select * from final
