"""The lifecycle of leads: caps, then stages, scores, MQL and SQL."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.lifecycle.caps import apply_caps
from orchestration.lifecycle.criteria import read_half_lives, read_mql_criteria, read_sql_criteria
from orchestration.lifecycle.days import LocalDays
from orchestration.lifecycle.mqls import mql_stays
from orchestration.lifecycle.scores import score_crossings, score_timeline
from orchestration.lifecycle.sqls import sql_stays
from orchestration.lifecycle.stages import closing_intervals, stage_transitions
from orchestration.lifecycle.tables import POINTS, conform


@dataclass(frozen=True)
class LifecycleInputs:
    """The rows of any set of leads; each table has the schema of its name in `tables`."""

    leads: pa.Table
    candidates: pa.Table
    attribute_points: pa.Table  # POINTS: attribute and manual rows
    human_activities: pa.Table
    exclusions: pa.Table
    evidence: pa.Table
    answers: pa.Table
    asks: pa.Table
    hand_marks: pa.Table
    dismissals: pa.Table


@dataclass(frozen=True)
class LifecycleRules:
    """The rules; each table has the schema of its name in `tables`."""

    caps: pa.Table
    half_lives: pa.Table
    mql_criteria: pa.Table
    sql_criteria: pa.Table
    stages: pa.Table
    time_zone: str = "Asia/Tokyo"


@dataclass(frozen=True)
class LifecycleResult:
    """What follows, also what lies ahead if nothing else happens; schemas as in `tables`."""

    awards: pa.Table
    transitions: pa.Table
    crossings: pa.Table
    mqls: pa.Table
    sqls: pa.Table


def lead_lifecycle(inputs: LifecycleInputs, rules: LifecycleRules) -> LifecycleResult:
    """Compute the lifecycle of some leads; leads do not depend on each other.

    Args:
        inputs: All rows of these leads, in any order.
        rules: The rules with their validity.

    Returns:
        Tables sorted by lead_id and moment.

    Raises:
        LeadsError: A table or a rule is not as described.
    """
    days = LocalDays(rules.time_zone)
    awards = apply_caps(inputs.candidates, rules.caps, days)
    transitions = stage_transitions(inputs.leads, inputs.evidence, rules.stages)
    closings = closing_intervals(transitions, rules.stages)
    points = pa.concat_tables(
        [_behaviour_points(awards), conform(inputs.attribute_points, POINTS, "attribute_points")]
    )
    timeline = score_timeline(points, read_half_lives(rules.half_lives), days)
    mql_criteria = read_mql_criteria(rules.mql_criteria)
    mqls = mql_stays(
        timeline, inputs.human_activities, inputs.exclusions, closings, mql_criteria, days
    )
    sqls = sql_stays(
        mqls=mqls,
        answers=inputs.answers,
        asks=inputs.asks,
        hand_marks=inputs.hand_marks,
        dismissals=inputs.dismissals,
        exclusions=inputs.exclusions,
        closings=closings,
        timeline=timeline,
        criteria=read_sql_criteria(rules.sql_criteria),
        days=days,
    )
    crossings = score_crossings(timeline, mql_criteria)
    return LifecycleResult(awards, transitions, crossings, mqls, sqls)


def _behaviour_points(awards: pa.Table) -> pa.Table:
    """The candidates that got points, as ledger rows."""
    counted = awards.filter(pc.not_equal(awards.column("points_awarded"), 0.0))
    columns = {
        "lead_id": counted.column("lead_id"),
        "ledger_id": counted.column("candidate_id"),
        "effective_at": counted.column("effective_at"),
        "score_kind": pa.repeat("behaviour", counted.num_rows),
        "points_awarded": counted.column("points_awarded"),
        "sort_key": counted.column("sort_key"),
    }
    return pa.table(columns, schema=POINTS)
