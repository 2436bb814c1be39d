"""What is sequential per lead: caps, stages, crossings, MQL and SQL."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import dagster as dg
import duckdb
import pyarrow as pa

from orchestration.defs.night import Night
from orchestration.defs.steps import POOL, step
from orchestration.defs.warehouse_tables import current_build, replace_rows
from orchestration.landing.declarations import read_project
from orchestration.lifecycle import tables
from orchestration.lifecycle.lifecycle import (
    LifecycleInputs,
    LifecycleResult,
    LifecycleRules,
)
from orchestration.lifecycle.lifecycle import (
    lead_lifecycle as lifecycle_of,
)
from orchestration.rules.seeds import read_seed
from orchestration.settings import PROJECT_ROOT
from orchestration.warehouse import transaction


@dataclass(frozen=True)
class Input:
    """Where an input of the lifecycle stands.

    Attributes:
        model: The model.
        columns: What is read of it, in SQL and in the words of the lifecycle.
        condition: Which of its rows count, in SQL.
    """

    model: str
    columns: str
    condition: str = "true"


INPUTS = {
    "leads": Input("int_lead_starts", "lead_id, first_seen_at"),
    "candidates": Input(
        "int_score_candidates",
        "candidate_id, lead_id, rule_id, rule_group, effective_at, points, sort_key",
        "eligibility = 'eligible'",
    ),
    "attribute_points": Input(
        "int_attribute_points",
        "lead_id, ledger_id, effective_at, 'attribute' as score_kind, points as points_awarded,"
        " ledger_id as sort_key",
    ),
    "human_activities": Input("int_human_activities", "lead_id, occurred_at"),
    "exclusions": Input("int_exclusions", "lead_id, from_at, to_at, reason"),
    "evidence": Input(
        "int_stage_evidence",
        "lead_id, from_at, through_at, stage_key, trigger_name as trigger, trigger_id, kind,"
        " reopens",
    ),
    "answers": Input("int_lead_answers", "lead_id, attribute, valid_from, value, trigger_id"),
    "asks": Input("int_asks", "lead_id, asked_at, trigger_id"),
    "hand_marks": Input("int_hand_marks", "lead_id, marked_at, mark, trigger_id"),
}
INPUT_MODELS = tuple(each.model for each in INPUTS.values())
CHANGED_LEADS = "int_changed_leads"
# Leads do not depend on each other: a bounded number at a time bounds the memory.
LEADS_AT_A_TIME = 100_000


@dg.asset(
    group_name="lifecycle",
    kinds={"python", "duckdb"},
    pool=POOL,
    deps=[*INPUT_MODELS, CHANGED_LEADS, "scoring_inputs"],
)
def lead_lifecycle(night: Night) -> dg.MaterializeResult[None]:
    """What the caps left of the points, the stages, and who became MQL and SQL."""
    with step() as doing, night.warehouse() as connection:
        is_full = current_build(connection).completed_build_id == 0
        source = INPUTS["leads"].model if is_full else CHANGED_LEADS
        connection.execute(
            f"create temp table due_leads as select distinct lead_id from intermediate.{source}"
        )
        rules = _rules()
        with transaction(connection):
            leads = _count(connection)
            parts = max(1, -(-leads // LEADS_AT_A_TIME))
            for part in range(parts):
                chosen = f"select lead_id from due_leads where hash(lead_id) % {parts} = {part}"
                result = lifecycle_of(_inputs(connection, chosen), rules)
                _write(connection, result, anew=is_full and part == 0, chosen=chosen)
        doing.done = f"lifecycle of {leads:,} leads"
        return dg.MaterializeResult(metadata={"leads": leads})


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("select count(*) from due_leads").fetchone()
    return int(row[0]) if row else 0


def _inputs(connection: duckdb.DuckDBPyConnection, chosen: str) -> LifecycleInputs:
    return LifecycleInputs(
        **{
            name: connection.execute(
                f"select {each.columns} from intermediate.{each.model}"
                f" where {each.condition} and lead_id in ({chosen})"
            ).to_arrow_table()
            for name, each in INPUTS.items()
        }
    )


def _rules() -> LifecycleRules:
    return LifecycleRules(
        caps=_seed("score_caps", tables.CAPS),
        half_lives=_seed("score_settings", tables.HALF_LIVES),
        mql_criteria=_seed("mql_criteria", tables.MQL_CRITERIA),
        sql_criteria=_seed("sql_criteria", tables.SQL_CRITERIA),
        stages=_seed("stage_definitions", tables.STAGES),
        time_zone=read_project(PROJECT_ROOT).time_zone,
    )


def _seed(name: str, schema: pa.Schema) -> pa.Table:
    """The rows of a seed in the lifecycle's schema; `a|b` is a list."""
    rows = [
        {field.name: _cell(row[field.name], field.type) for field in schema}
        for row in read_seed(PROJECT_ROOT, name)
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def _cell(value: Any, kind: pa.DataType) -> Any:  # noqa: ANN401 - a cell of any type
    return str(value or "").split("|") if pa.types.is_list(kind) and value else value


def _write(
    connection: duckdb.DuckDBPyConnection, result: LifecycleResult, *, anew: bool, chosen: str
) -> None:
    outdated = "true" if anew else f"lead_id in ({chosen})"
    for field in fields(result):
        replace_rows(connection, f"lifecycle.{field.name}", getattr(result, field.name), outdated)
