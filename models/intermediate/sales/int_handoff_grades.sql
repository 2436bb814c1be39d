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
        cast({{ decayed_ledger_points('handoffs.handed_off_on') }} as double) as behaviour_score,
        cast({{ ledger_points('attribute') }} as double) as attribute_score
    from handoffs
    inner join settings on {{ holds_on('settings', 'handoffs.handed_off_on') }}
    left join {{ ref('fct_score_ledger') }} as ledger
        on handoffs.lead_id = ledger.lead_id
        and handoffs.handed_off_at >= ledger.effective_at
    group by handoffs.handoff_id, handoffs.handed_off_on
),

fit_grades as (
    {{ best_reached(
        'scores', 'handoff_id', 'scores.attribute_score', 'grades', 'grade', 'min_points',
        "grades.axis = 'fit' and " ~ holds_on('grades', 'scores.handed_off_on')
    ) }}
),

behaviour_grades as (
    {{ best_reached(
        'scores', 'handoff_id', 'round(scores.behaviour_score, 6)', 'grades', 'grade', 'min_points',
        "grades.axis = 'behaviour' and " ~ holds_on('grades', 'scores.handed_off_on')
    ) }}
),

final as (
    select
        fit_grades.handoff_id,
        fit_grades.grade || behaviour_grades.grade as grade
    from fit_grades
    inner join behaviour_grades on fit_grades.handoff_id = behaviour_grades.handoff_id
)

select * from final
