"""Small tables for the tests of the lifecycle: rows with defaults, and the shipped rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pyarrow as pa

from orchestration.lifecycle import tables
from orchestration.lifecycle.lifecycle import LifecycleInputs, LifecycleRules

TOKYO = timedelta(hours=9)
DEFAULTS: dict[str, Any] = {
    "lead_id": "lead",
    "rule_id": "price",
    "rule_group": "web",
    "score_kind": "behaviour",
    "kind": "evidence",
    "reopens": "none",
    "reason": "staff",
    "mark": "status",
}


def jst(text: str) -> datetime:
    """A moment in Tokyo, '2026-01-10' or '2026-01-10 09:00', as naive UTC."""
    return datetime.fromisoformat(text) - TOKYO


def table(schema: pa.Schema, *rows: dict[str, Any]) -> pa.Table:
    """Rows of a schema; ids and sort keys that are not given are numbered."""
    filled = []
    for number, row in enumerate(rows):
        numbered = {
            name: f"{name}-{number:03}"
            for name in ("candidate_id", "ledger_id", "sort_key", "trigger_id", "trigger")
        }
        filled.append({**numbered, **DEFAULTS, **row})
    return pa.table(
        [
            pa.array([row.get(name) for row in filled], schema.field(name).type)
            for name in schema.names
        ],
        schema=schema,
    )


def half_lives(*rows: dict[str, Any]) -> pa.Table:
    return table(tables.HALF_LIVES, *(rows or ({"half_life_days": 90.0},)))


def mql_criteria(*rows: dict[str, Any]) -> pa.Table:
    shipped = {
        "criteria_version": "mql-1",
        "threshold": 40.0,
        "exit_threshold": 25.0,
        "active_within_days": 180,
    }
    return table(tables.MQL_CRITERIA, *({**shipped, **row} for row in rows or ({},)))


def sql_criteria(*rows: dict[str, Any]) -> pa.Table:
    shipped = {
        "criteria_version": "sql-1",
        "max_months_ahead": 6,
        "accepted_roles": ["decision_maker", "influencer"],
        "needs_any_of": ["is_budget_known", "is_target_size"],
        "asked_within_days": 30,
    }
    return table(tables.SQL_CRITERIA, *({**shipped, **row} for row in rows or ({},)))


def stages() -> pa.Table:
    open_stages = [("new", None), ("interested", 180), ("evaluating", 120), ("planned", 30)]
    closing = [(key, None) for key in ("won", "lost", "disqualified")]
    return table(
        tables.STAGES,
        *(
            {
                "stage_key": key,
                "stage_order": order,
                "is_closing": order > len(open_stages),
                "time_out_days": time_out,
            }
            for order, (key, time_out) in enumerate(open_stages + closing, start=1)
        ),
    )


WEB_CAP = {
    "cap_id": "web-30",
    "scope": "group",
    "scope_key": "web",
    "sign": "positive",
    "max_points": 30.0,
    "window_days": 30,
}


def shipped_rules(**changed: pa.Table) -> LifecycleRules:
    rules = LifecycleRules(
        caps=table(tables.CAPS, WEB_CAP),
        half_lives=half_lives(),
        mql_criteria=mql_criteria(),
        sql_criteria=sql_criteria(),
        stages=stages(),
    )
    return replace(rules, **changed)


INPUTS = {
    "leads": tables.LEADS,
    "candidates": tables.CANDIDATES,
    "attribute_points": tables.POINTS,
    "human_activities": tables.HUMAN_ACTIVITIES,
    "exclusions": tables.EXCLUSIONS,
    "evidence": tables.EVIDENCE,
    "answers": tables.ANSWERS,
    "asks": tables.ASKS,
    "hand_marks": tables.HAND_MARKS,
    "dismissals": tables.DISMISSALS,
}


def inputs(**rows: list[dict[str, Any]]) -> LifecycleInputs:
    """Inputs of the facade from lists of rows by table; absent tables are empty."""
    return LifecycleInputs(
        **{name: table(schema, *rows.get(name, [])) for name, schema in INPUTS.items()}
    )


def shuffled(source: pa.Table, random: Random) -> pa.Table:
    order = list(range(source.num_rows))
    random.shuffle(order)
    return source.take(pa.array(order, pa.int64()))
