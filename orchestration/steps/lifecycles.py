"""Writes the `lifecycle` schema: what is sequential per lead, for the leads that changed."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import duckdb
import pyarrow as pa

from orchestration.landing.declarations import read_project
from orchestration.lifecycle import tables
from orchestration.lifecycle.lifecycle import (
    LifecycleInputs,
    LifecycleResult,
    LifecycleRules,
    lead_lifecycle,
)
from orchestration.rules.seeds import read_seed
from orchestration.steps.build import current_build
from orchestration.warehouse import transaction

# Where each input stands. Of the candidates those that earn points, within the daily limit.
_INPUTS = {
    "leads": "select lead_id, first_seen_at from intermediate.int_lead_starts",
    "candidates": """
        select candidate_id, lead_id, rule_id, rule_group, effective_at, points, sort_key
        from intermediate.int_score_candidates where eligibility = 'eligible'""",
    "attribute_points": """
        select
            lead_id, ledger_id, effective_at, 'attribute' as score_kind, points as points_awarded,
            ledger_id as sort_key
        from intermediate.int_attribute_points""",
    "human_activities": "select lead_id, occurred_at from intermediate.int_human_activities",
    "exclusions": "select lead_id, from_at, to_at, reason from intermediate.int_exclusions",
    "evidence": """
        select
            lead_id, from_at, through_at, stage_key, trigger_name as "trigger", trigger_id, kind,
            reopens
        from intermediate.int_stage_evidence""",
    "answers": """
        select lead_id, attribute, valid_from, value, trigger_id
        from intermediate.int_lead_answers""",
    "asks": "select lead_id, asked_at, trigger_id from intermediate.int_asks",
    "hand_marks": """
        select lead_id, marked_at, mark, trigger_id from intermediate.int_hand_marks""",
}


def write_lifecycles(connection: duckdb.DuckDBPyConnection, root: Path) -> int:
    """Compute the lifecycle of the leads that changed, and replace their rows.

    Args:
        connection: The warehouse, with the inputs of the lifecycle built.
        root: The project's folder, for its seeds.

    Returns:
        How many leads were computed.
    """
    build = current_build(connection)
    inputs = LifecycleInputs(
        **{
            name: _read(connection, query, only_changed=not build.is_full_refresh)
            for name, query in _INPUTS.items()
        }
    )
    result = lead_lifecycle(inputs, _rules(root))
    with transaction(connection):
        connection.execute("create schema if not exists lifecycle")
        for field in fields(LifecycleResult):
            _write(connection, field.name, getattr(result, field.name), anew=build.is_full_refresh)
    return int(inputs.leads.num_rows)


def _read(connection: duckdb.DuckDBPyConnection, query: str, *, only_changed: bool) -> pa.Table:
    changed = " where lead_id in (select lead_id from intermediate.int_changed_leads)"
    return connection.sql(
        f"select * from ({query}){changed if only_changed else ''}"
    ).to_arrow_table()


def _write(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table, *, anew: bool) -> None:
    connection.register("computed", rows)
    if anew:
        connection.execute(f"create or replace table lifecycle.{name} as from computed")
    else:
        connection.execute(
            f"delete from lifecycle.{name}"
            " where lead_id in (select lead_id from intermediate.int_changed_leads)"
        )
        connection.execute(f"insert into lifecycle.{name} by name from computed")
    connection.unregister("computed")


def _rules(root: Path) -> LifecycleRules:
    settings = read_seed(root, "score_settings")
    sql_criteria = [
        {
            **row,
            "accepted_roles": row["accepted_roles"].split("|"),
            "needs_any_of": row["needs_any_of"].split("|"),
        }
        for row in read_seed(root, "sql_criteria")
    ]
    return LifecycleRules(
        caps=_table(read_seed(root, "score_caps"), tables.CAPS),
        half_lives=_table(settings, tables.HALF_LIVES),
        mql_criteria=_table(read_seed(root, "mql_criteria"), tables.MQL_CRITERIA),
        sql_criteria=_table(sql_criteria, tables.SQL_CRITERIA),
        stages=_table(read_seed(root, "stage_definitions"), tables.STAGES),
        time_zone=read_project(root).time_zone,
    )


def _table(rows: list[dict[str, object]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist(
        [{name: row[name] for name in schema.names} for row in rows], schema
    )
