with

leads as (
    select lead_id from {{ ref('int_lead_starts') }}
),

ledger as (
    select * from {{ ref('fct_score_ledger') }}
    where effective_at <= {{ as_of() }}
),

settings as (
    select * from {{ ref('score_settings') }} as rules
    where {{ holds_on('rules', local_day(as_of())) }}
),

bands as (
    select * from {{ ref('score_bands') }} as rules
    where {{ holds_on('rules', local_day(as_of())) }}
),

grades as (
    select * from {{ ref('score_grades') }} as rules
    where {{ holds_on('rules', local_day(as_of())) }}
),

summed as (
    select
        leads.lead_id,
        cast({{ decayed_ledger_points(local_day(as_of())) }} as double) as behaviour_score,
        cast({{ ledger_points('behaviour') }} as double) as behaviour_score_all_time,
        cast({{ ledger_points('attribute') }} as double) as attribute_score,
        cast({{ ledger_points('manual') }} as double) as manual_score
    from leads
    cross join settings
    left join ledger on leads.lead_id = ledger.lead_id
    group by leads.lead_id
),

totals as (
    select
        *,
        behaviour_score + attribute_score + manual_score as total_score_raw,
        round(behaviour_score + attribute_score + manual_score, 6) as rounded_total,
        round(behaviour_score, 6) as rounded_behaviour
    from summed
),

graded as (
    {{ best_reached(
        'totals', 'lead_id', 'totals.rounded_total', 'bands', 'score_band', 'min_total'
    ) }}
),

fit_grades as (
    {{ best_reached(
        'totals', 'lead_id', 'totals.attribute_score', 'grades', 'grade', 'min_points',
        "grades.axis = 'fit'"
    ) }}
),

behaviour_grades as (
    {{ best_reached(
        'totals', 'lead_id', 'totals.rounded_behaviour', 'grades', 'grade', 'min_points',
        "grades.axis = 'behaviour'"
    ) }}
),

crossings as (
    select
        lead_id,
        max(crossed_at) as crossed_threshold_at
    from {{ source('lifecycle', 'crossings') }}
    where crossed_at <= {{ as_of() }}
    group by lead_id
),

final as (
    select
        totals.lead_id,
        {{ as_of() }} as as_of,
        totals.behaviour_score,
        totals.behaviour_score_all_time,
        totals.attribute_score,
        totals.manual_score,
        greatest(totals.total_score_raw, 0) as total_score,
        totals.total_score_raw,
        graded.score_band,
        fit_grades.grade || behaviour_grades.grade as grade,
        crossings.crossed_threshold_at,
        reasons.top_reasons,
        reasons.top_reasons_ja,
        cast(null as double) as predicted_probability,
        cast(null as varchar) as predicted_reasons,
        cast(null as varchar) as model_version
    from totals
    left join graded on totals.lead_id = graded.lead_id
    left join fit_grades on totals.lead_id = fit_grades.lead_id
    left join behaviour_grades on totals.lead_id = behaviour_grades.lead_id
    left join crossings on totals.lead_id = crossings.lead_id
    left join {{ ref('int_score_reasons') }} as reasons on totals.lead_id = reasons.lead_id
)

select * from final
