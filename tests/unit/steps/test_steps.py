"""The steps read the warehouse, call pure functions, and write what came out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest

from orchestration.errors import LeadsError
from orchestration.lifecycle import tables
from orchestration.lifecycle.lifecycle import LifecycleResult
from orchestration.settings import PROJECT_ROOT
from orchestration.steps.build import current_build
from orchestration.steps.lifecycles import write_lifecycles

# What the inputs of the lifecycle are read from; all but the first stay empty.
INPUTS = {
    "int_lead_starts": "lead_id varchar, first_seen_at timestamp",
    "int_score_candidates": "candidate_id varchar, lead_id varchar, rule_id varchar,"
    " rule_group varchar, effective_at timestamp, points double, sort_key varchar,"
    " eligibility varchar",
    "int_attribute_points": "lead_id varchar, ledger_id varchar, effective_at timestamp,"
    " points double",
    "int_manual_points": "lead_id varchar, ledger_id varchar, effective_at timestamp,"
    " points double",
    "int_human_activities": "lead_id varchar, occurred_at timestamp",
    "int_exclusions": "lead_id varchar, from_at timestamp, to_at timestamp, reason varchar",
    "int_stage_evidence": "lead_id varchar, from_at timestamp, through_at timestamp,"
    " stage_key varchar, trigger_name varchar, trigger_id varchar, kind varchar, reopens varchar",
    "int_lead_answers": "lead_id varchar, attribute varchar, valid_from timestamp, value varchar,"
    " trigger_id varchar",
    "int_asks": "lead_id varchar, asked_at timestamp, trigger_id varchar",
    "int_hand_marks": "lead_id varchar, marked_at timestamp, mark varchar, trigger_id varchar",
    "int_sales_responses": "lead_id varchar, responded_at timestamp, response varchar",
    "int_changed_leads": "lead_id varchar",
}


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """Seven leads with two evidences each, before the first lifecycle."""
    with duckdb.connect() as connection:
        connection.execute("create schema control; create schema intermediate")
        connection.execute(
            "create table control.build as"
            " select 1 as build_id, timestamp '2026-06-30' as as_of,"
            " 0 as completed_build_id, true as is_full_refresh"
        )
        for name, columns in INPUTS.items():
            connection.execute(f"create table intermediate.{name} ({columns})")
        connection.execute(
            "insert into intermediate.int_lead_starts"
            " select 'lead_' || n, timestamp '2026-01-01' + interval (n) day from range(7) t(n)"
        )
        connection.execute(
            "insert into intermediate.int_stage_evidence"
            " select lead_id, first_seen_at + interval (d) day, null, stage_key, 'page', lead_id,"
            " 'evidence', 'none' from intermediate.int_lead_starts,"
            " (values (0, 'new'), (3, 'interested')) as told (d, stage_key)"
        )
        yield connection


def written(connection: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    return {
        field.name: connection.sql(f"from lifecycle.{field.name} order by all").to_arrow_table()
        for field in dataclasses.fields(LifecycleResult)
    }


def test_before_anything_has_landed_one_line_says_what_to_do() -> None:
    with (
        duckdb.connect() as connection,
        pytest.raises(LeadsError, match=r"nothing has landed yet.*make nightly"),
    ):
        current_build(connection)


@pytest.mark.parametrize("leads_at_a_time", [1, 3, 7])
def test_leads_taken_a_few_at_a_time_give_what_all_at_once_give(
    warehouse: duckdb.DuckDBPyConnection, leads_at_a_time: int
) -> None:
    assert write_lifecycles(warehouse, PROJECT_ROOT) == 7
    at_once = written(warehouse)

    assert write_lifecycles(warehouse, PROJECT_ROOT, leads_at_a_time=leads_at_a_time) == 7

    assert written(warehouse) == at_once
    assert at_once["transitions"].num_rows >= 14


@pytest.mark.parametrize("leads_at_a_time", [1, 100])
def test_only_leads_that_changed_are_taken(
    warehouse: duckdb.DuckDBPyConnection, leads_at_a_time: int
) -> None:
    write_lifecycles(warehouse, PROJECT_ROOT)
    before = written(warehouse)["transitions"]
    warehouse.execute("update control.build set is_full_refresh = false")
    warehouse.execute("insert into intermediate.int_changed_leads values ('lead_2'), ('lead_5')")
    warehouse.execute("delete from intermediate.int_stage_evidence where lead_id <> 'lead_5'")

    assert write_lifecycles(warehouse, PROJECT_ROOT, leads_at_a_time=leads_at_a_time) == 2

    # The others keep their rows although their evidence is gone; lead 2 is new and no more.
    rows = written(warehouse)["transitions"].to_pylist()
    assert [row for row in rows if row["lead_id"] != "lead_2"] == [
        row for row in before.to_pylist() if row["lead_id"] != "lead_2"
    ]
    assert [row["to_stage"] for row in rows if row["lead_id"] == "lead_2"] == ["new"]


def test_without_leads_the_tables_are_there_and_empty(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    warehouse.execute("delete from intermediate.int_lead_starts")
    warehouse.execute("delete from intermediate.int_stage_evidence")

    assert write_lifecycles(warehouse, PROJECT_ROOT) == 0

    assert {name: table.num_rows for name, table in written(warehouse).items()} == dict.fromkeys(
        (field.name for field in dataclasses.fields(LifecycleResult)), 0
    )
    assert written(warehouse)["transitions"].schema.names == tables.TRANSITIONS.names
