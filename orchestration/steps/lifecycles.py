"""Writes the `lifecycle` schema: what is sequential per lead, for the leads that changed."""

from __future__ import annotations

from dataclasses import fields
from functools import partial
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
from orchestration.steps.processes import in_processes
from orchestration.warehouse import transaction

# A process has the rows of so many leads in memory: at a hundred activities each some 1 GB.
LEADS_AT_A_TIME = 12_500

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
        from intermediate.int_attribute_points
        union all
        select lead_id, ledger_id, effective_at, 'manual', points, ledger_id
        from intermediate.int_manual_points""",
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
    "dismissals": """
        select lead_id, responded_at as dismissed_at from intermediate.int_sales_responses
        where response in ('rejected', 'recycled')""",
}


def create_lifecycles(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables, without rows, where they are missing."""
    connection.execute("create schema if not exists lifecycle")
    for field in fields(LifecycleResult):
        _create(connection, field.name, getattr(tables, field.name.upper()).empty_table())


def write_lifecycles(
    connection: duckdb.DuckDBPyConnection, root: Path, *, leads_at_a_time: int = LEADS_AT_A_TIME
) -> int:
    """Compute the lifecycle of the leads that changed, and replace their rows.

    Leads do not depend on each other, so they are taken in ranges of their ids, side by side.

    Args:
        connection: The warehouse, with the inputs of the lifecycle built.
        root: The project's folder, for its seeds.
        leads_at_a_time: How many leads a process takes at once.

    Returns:
        How many leads were computed.
    """
    anew = current_build(connection).is_full_refresh
    compute = partial(lead_lifecycle, rules=_rules(root))
    with transaction(connection):
        connection.execute("create schema if not exists lifecycle")
        _forget(connection, anew=anew)
        ranges, count = _ranges(connection, leads_at_a_time, anew=anew)
        inputs = (_inputs(connection, within) for within in ranges)
        for result in in_processes(compute, inputs, len(ranges)):
            for field in fields(LifecycleResult):
                _add(connection, field.name, getattr(result, field.name))
    return count


def _ranges(
    connection: duckdb.DuckDBPyConnection, leads_at_a_time: int, *, anew: bool
) -> tuple[list[str], int]:
    """Conditions that part the leads to compute, every lead meets exactly one; how many leads."""
    ends = connection.execute(
        f"""
        select max(lead_id), count(*) from (
            select lead_id, (row_number() over (order by lead_id) - 1) // ? as part
            from ({_INPUTS["leads"]}) where {_whom(anew=anew)}
        ) group by part order by part
        """,
        [leads_at_a_time],
    ).fetchall()
    ranges, after = [], ""
    for end, _ in ends[:-1]:
        ranges.append(f"{_whom(anew=anew)}{after} and lead_id <= '{end}'")
        after = f" and lead_id > '{end}'"
    ranges.append(f"{_whom(anew=anew)}{after}")
    return ranges, sum(count for _, count in ends)


def _inputs(connection: duckdb.DuckDBPyConnection, within: str) -> LifecycleInputs:
    return LifecycleInputs(
        **{name: _read(connection, query, within) for name, query in _INPUTS.items()}
    )


def _whom(*, anew: bool) -> str:
    return "true" if anew else "lead_id in (select lead_id from intermediate.int_changed_leads)"


def _read(connection: duckdb.DuckDBPyConnection, query: str, within: str) -> pa.Table:
    return connection.sql(f"select * from ({query}) where {within}").to_arrow_table()


def _forget(connection: duckdb.DuckDBPyConnection, *, anew: bool) -> None:
    for field in fields(LifecycleResult):
        if anew:
            connection.execute(f"drop table if exists lifecycle.{field.name}")
        else:
            connection.execute(f"delete from lifecycle.{field.name} where {_whom(anew=anew)}")


def _add(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    _create(connection, name, rows)
    connection.register("computed", rows)
    connection.execute(f"insert into lifecycle.{name} by name from computed")
    connection.unregister("computed")


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.register("computed", rows)
    connection.execute(f"create table if not exists lifecycle.{name} as from computed limit 0")
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
