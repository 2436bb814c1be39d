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
        cast(coalesce(sum(
            case
                when ledger.score_kind = 'behaviour'
                    then
                        {{
                            decayed(
                                'ledger.points_awarded',
                                'ledger.effective_on',
                                local_day(as_of()),
                                'settings.half_life_days'
                            )
                        }}
            end
        ), 0) as double) as behaviour_score,
        cast(coalesce(sum(
            case
                when ledger.score_kind = 'behaviour'
                    then cast(ledger.points_awarded as decimal(18, 6))
            end
        ), 0) as double) as behaviour_score_all_time,
        cast(coalesce(sum(
            case
                when ledger.score_kind = 'attribute'
                    then cast(ledger.points_awarded as decimal(18, 6))
            end
        ), 0) as double) as attribute_score,
        cast(coalesce(sum(
            case
                when ledger.score_kind = 'manual'
                    then cast(ledger.points_awarded as decimal(18, 6))
            end
        ), 0) as double) as manual_score
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

-- The best band and grade whose least points are reached.
graded as (
    select
        totals.lead_id,
        max_by(bands.score_band, coalesce(bands.min_total, -1e300)) as score_band
    from totals
    inner join bands on bands.min_total is null or totals.rounded_total >= bands.min_total
    group by totals.lead_id
),

fit_grades as (
    select
        totals.lead_id,
        max_by(grades.grade, coalesce(grades.min_points, -1e300)) as grade
    from totals
    inner join grades
        on grades.axis = 'fit'
        and (grades.min_points is null or totals.attribute_score >= grades.min_points)
    group by totals.lead_id
),

behaviour_grades as (
    select
        totals.lead_id,
        max_by(grades.grade, coalesce(grades.min_points, -1e300)) as grade
    from totals
    inner join grades
        on grades.axis = 'behaviour'
        and (grades.min_points is null or totals.rounded_behaviour >= grades.min_points)
    group by totals.lead_id
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
