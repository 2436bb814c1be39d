"""What must hold of scores: each point is in the ledger, and the ledger adds up to the score."""

from __future__ import annotations

from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.expectation import Expectation

from expectations import vocabulary
from expectations.checks import error, no_rows, share, words
from orchestration.gates.subject import Subject

# Sums of doubles depend on their order; thresholds are compared at six places too.
TOLERANCE = 1e-6


def rules(subject: Subject) -> dict[str, tuple[Expectation, ...]]:
    """Give the checks of each table of scores.

    Args:
        subject: The build under way.
    """
    return {
        "fct_score_ledger": _ledger(subject),
        "lead_scores": _scores(subject),
        "prediction_quality": (
            share("auc"),
            share("average_precision"),
            share("brier"),
            share("rule_score_auc"),
        ),
        "score_rule_reviews": (share("outcome_rate_with"), share("outcome_rate_without")),
        "score_threshold_reviews": (share("precision"), share("recall")),
    }


def _ledger(subject: Subject) -> tuple[Expectation, ...]:
    return (
        words("outcome", vocabulary.OUTCOMES),
        words("score_kind", vocabulary.SCORE_KINDS),
        ExpectColumnValuesToBeBetween(
            column="effective_at",
            max_value=subject.as_of,
            **error(
                "points_lie_in_the_past",
                why="Nothing may be known that happens after the moment the build speaks about.",
                mend="Leave out of the ledger what takes effect after the as-of.",
            ),
        ),
        no_rows(
            """
            select outcome, count(*) as row_count from {batch}
            where abs(points_awarded) > abs(points)
                or points_awarded * points < 0
                or (outcome not in ('awarded', 'capped') and points_awarded <> 0)
            group by outcome
            order by all
            """,
            error(
                "awards_keep_to_their_points",
                why="A row gives at most its rule's points, and none when it was refused them.",
                mend="Compare points, points_awarded and outcome in the lifecycle's awards.",
            ),
        ),
    )


def _scores(subject: Subject) -> tuple[Expectation, ...]:
    return (
        share("predicted_probability"),
        no_rows(
            _unlike_ledger(subject),
            error(
                "scores_are_the_sum_of_their_ledger",
                why="A score that its ledger does not explain is believed by nobody.",
                mend="Refresh lead_scores and fct_score_ledger in full; compare the lead's rows.",
            ),
        ),
        no_rows(
            f"""
            select count(*) as leads from {{batch}}
            where abs(total_score - greatest(total_score_raw, 0)) > {TOLERANCE}
            having count(*) > 0
            """,
            error(
                "total_has_the_floor_0",
                why="total_score is total_score_raw, or 0 where that is below.",
                mend="Look at how lead_scores makes the one of the other.",
            ),
        ),
        no_rows(
            f"""
            with bands as (
                select score_band, coalesce(min_total, '-infinity') as min_total
                from seeds.score_bands
                where {_valid_on(subject)}
            )
            select scores.score_band, bands.score_band as band_by_total, count(*) as leads
            from {{batch}} as scores
            asof left join bands on round(scores.total_score, 6) >= bands.min_total
            where scores.score_band is distinct from bands.score_band
            group by all
            order by all
            """,
            error(
                "bands_follow_the_thresholds",
                why="The band decides who is called now.",
                mend="Compare score_bands with the total, rounded to six places.",
            ),
        ),
        no_rows(
            f"""
            select count(*) as leads
            from main.dim_leads as leads
            full join {{batch}} as scores using (lead_id)
            where abs(leads.total_score - scores.total_score) > {TOLERANCE}
                or leads.total_score is null
                or scores.total_score is null
                or leads.score_band is distinct from scores.score_band
            having count(*) > 0
            """,
            error(
                "dim_leads_shows_the_same_score",
                why="Two numbers for one score start a discussion instead of a call.",
                mend="Refresh dim_leads and lead_scores in full.",
            ),
        ),
    )


def _unlike_ledger(subject: Subject) -> str:
    """Write the query that adds the ledger up and compares it with the scores.

    A behaviour row is worth points * 0.5 ^ (age / half-life), the age in whole calendar days;
    the others keep their worth until a second row takes it back.
    """
    day = f"cast(timezone('{subject.settings.time_zone}', timezone('UTC', effective_at)) as date)"
    return f"""
        with aged as (
            select
                lead_id, score_kind, points_awarded,
                points_awarded * pow(
                    0.5,
                    (date '{subject.today}' - {day}) / (
                        select half_life_days from seeds.score_settings where {_valid_on(subject)}
                    )
                ) as points_left
            from main.fct_score_ledger
            where points_awarded <> 0
        ),
        ledger as (
            select
                lead_id,
                sum(points_awarded) filter (score_kind = 'behaviour') as behaviour_all_time,
                sum(points_left) filter (score_kind = 'behaviour') as behaviour,
                sum(points_awarded) filter (score_kind = 'attribute') as attribute,
                sum(points_awarded) filter (score_kind = 'manual') as manual
            from aged
            group by lead_id
        ),
        differences as (
            select
                coalesce(scores.behaviour_score, 0) - coalesce(behaviour, 0) as behaviour,
                coalesce(scores.behaviour_score_all_time, 0) - coalesce(behaviour_all_time, 0)
                    as behaviour_all_time,
                coalesce(scores.attribute_score, 0) - coalesce(attribute, 0) as attribute,
                coalesce(scores.manual_score, 0) - coalesce(manual, 0) as manual,
                coalesce(scores.total_score_raw, 0) - coalesce(behaviour, 0)
                    - coalesce(attribute, 0) - coalesce(manual, 0) as total
            from {{batch}} as scores
            full join ledger using (lead_id)
        )
        select
            count(*) as leads,
            max(abs(behaviour)) as behaviour,
            max(abs(behaviour_all_time)) as behaviour_all_time,
            max(abs(attribute)) as attribute,
            max(abs(manual)) as manual,
            max(abs(total)) as total
        from differences
        where greatest(
            abs(behaviour), abs(behaviour_all_time), abs(attribute), abs(manual), abs(total)
        ) > {TOLERANCE}
        having count(*) > 0
    """


def _valid_on(subject: Subject) -> str:
    return (
        f"coalesce(valid_from <= date '{subject.today}', true)"
        f" and coalesce(valid_to > date '{subject.today}', true)"
    )
