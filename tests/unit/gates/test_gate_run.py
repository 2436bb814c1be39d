"""Running a gate on a warehouse."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from gate_warehouses import SCRIPTS, fill
from great_expectations.expectations.core.expect_column_values_to_not_be_null import (
    ExpectColumnValuesToNotBeNull,
)

from expectations.checks import ExpectNoRows, error, no_rows, not_null, suite, warning
from expectations.marts import KEYS
from orchestration.errors import LeadsError
from orchestration.gates.run import Gate, record, run_gate, suites_of
from orchestration.gates.settings import GateSettings
from orchestration.gates.subject import read_subject
from orchestration.gates.validation import validate

PERSONAL = {"lead_id", "email", "record_key", "record_id", "activity_id", "ledger_id", "payload"}
STALE = "update landed_salesforce.lead set _synced_at = timestamp '2020-01-01'"


@pytest.fixture
def warehouse() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    fill(connection, "raw")
    return connection


def python(code: str, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
    ).stdout.strip()


def test_results_are_in_order_and_belong_to_the_build(warehouse: duckdb.DuckDBPyConnection):
    result = run_gate(warehouse, "raw", GateSettings())
    assert result.build_id == 12
    assert {(check.build_id, check.gate) for check in result.checks} == {(12, "raw")}
    keys = [(check.dataset, check.check_name) for check in result.checks]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("entry", ["freshness", "connectors_are_fresh"])
def test_a_warning_blocks_only_when_settings_say_so(
    warehouse: duckdb.DuckDBPyConnection, entry: str
):
    warehouse.execute(STALE)
    usual = run_gate(warehouse, "raw", GateSettings())
    assert not usual.blocking
    assert [check.check_name for check in usual.warnings] == ["connectors_are_fresh"]
    strict = run_gate(warehouse, "raw", GateSettings(block_on=(entry,)))
    assert [check.check_name for check in strict.blocking] == ["connectors_are_fresh"]
    assert not strict.warnings


def test_days_of_freshness_are_those_of_the_settings(warehouse: duckdb.DuckDBPyConnection):
    warehouse.execute(STALE)
    assert not run_gate(warehouse, "raw", GateSettings(freshness_days=4000)).warnings


def test_a_warning_of_another_gate_may_be_named(warehouse: duckdb.DuckDBPyConnection):
    run_gate(warehouse, "raw", GateSettings(block_on=("most_records_have_an_email",)))


@pytest.mark.parametrize("entry", ["freshnes", "key_is_unique"])
def test_an_unknown_warning_is_a_mistake_of_the_settings(
    warehouse: duckdb.DuckDBPyConnection, entry: str
):
    with pytest.raises(LeadsError) as raised:
        run_gate(warehouse, "raw", GateSettings(block_on=(entry,)))
    assert raised.value.what == f"'{entry}' is no warning of a gate"
    assert raised.value.mend.startswith("use some of freshness, volume, drift, distribution, activ")


@pytest.mark.parametrize(
    "spoiler",
    [
        "drop schema control cascade",
        "delete from control.build",
        "delete from control.landed_tables",
    ],
)
def test_without_a_build_there_is_nothing_to_check(
    warehouse: duckdb.DuckDBPyConnection, spoiler: str
):
    warehouse.execute(spoiler)
    with pytest.raises(LeadsError, match="there is no build to check"):
        run_gate(warehouse, "raw", GateSettings())


def test_results_are_kept_and_replace_those_of_an_earlier_try(
    warehouse: duckdb.DuckDBPyConnection,
):
    other = "insert into control.check_results (build_id, gate) values (11, 'raw'), (12, 'marts')"
    warehouse.execute(other)
    warehouse.execute(STALE)
    record(warehouse, run_gate(warehouse, "raw", GateSettings()))
    result = run_gate(warehouse, "raw", GateSettings(block_on=("freshness",)))
    record(warehouse, result)
    kept = warehouse.execute(
        "select dataset, check_name, severity, success from control.check_results"
        " where build_id = 12 and gate = 'raw' order by all"
    ).fetchall()
    assert kept == [
        (check.dataset, check.check_name, check.severity, check.success) for check in result.checks
    ]
    assert ("control.landed_tables", "connectors_are_fresh", "error", False) in kept
    assert warehouse.execute(
        "select count(*) from control.check_results where gate is not null"
    ).fetchone() == (len(kept) + 2,)


def test_a_missing_table_fails_each_of_its_checks(warehouse: duckdb.DuckDBPyConnection):
    checks = suite(
        "main.nothing", not_null("a"), no_rows("from {batch}", error("b", why="", mend=""))
    )
    found = validate(warehouse, [checks])
    assert [(finding.name, finding.success) for finding in found] == [
        ("a_is_not_null", False),
        ("b", False),
    ]
    assert all("nothing" in finding.exceptions[0] for finding in found)


def test_an_exception_fails_its_check_and_leaves_the_others(
    warehouse: duckdb.DuckDBPyConnection,
):
    checks = suite(
        "control.bad_values",
        not_null("no_such_column"),
        not_null("connector"),
        no_rows("select no_such_column from {batch}", error("c", why="", mend="")),
        no_rows("select 1 from {batch} where false", error("d", why="", mend="")),
    )
    found = {finding.name: finding for finding in validate(warehouse, [checks])}
    assert {name for name, finding in found.items() if finding.success} == {
        "connector_is_not_null",
        "d",
    }
    assert "no_such_column" in found["no_such_column_is_not_null"].exceptions[0]
    assert "no_such_column" in found["c"].exceptions[0]
    assert "\n" not in found["c"].exceptions[0]


@pytest.mark.parametrize("gate", SCRIPTS)
def test_what_is_found_names_nobody(gate: Gate):
    connection = duckdb.connect()
    fill(connection, gate)
    subject = replace(read_subject(connection, GateSettings()), marts=frozenset(KEYS))
    for checks in suites_of(subject)[gate]:
        for check in checks.expectations:
            if isinstance(check, ExpectNoRows):
                query = check.unexpected_rows_query.format(batch=f"(from {checks.name})")
                found = {name for name, *_ in connection.execute(query).description}
            elif isinstance(check, ExpectColumnValuesToNotBeNull):
                # It finds nothing but nulls.
                found = set()
            else:
                found = {getattr(check, "column", None)}
            assert not found & PERSONAL


@pytest.mark.filterwarnings("error")
def test_every_kind_of_column_can_be_looked_at():
    connection = duckdb.connect()
    connection.execute(
        "create table t as select true as a, 1::ubigint as b, 1.5::decimal(9, 2) as c, [1] as d,"
        " {'x': 1} as e, '資料' as f, timestamp '2026-06-30' as g, date '2026-06-30' as h"
    )
    checks = suite("main.t", *(not_null(column) for column in "abcdefgh"))
    assert all(finding.success for finding in validate(connection, [checks]))


def test_a_share_may_be_exactly_what_is_asked_for():
    connection = duckdb.connect()
    connection.execute(
        "create table t as select case when n < 2 then n end as a from range(4) t(n)"
    )

    def holds(mostly: float) -> bool:
        told = warning("w", "distribution", why="", mend="")
        check = ExpectColumnValuesToNotBeNull(column="a", mostly=mostly, **told)
        [finding] = validate(connection, [suite("main.t", check)])
        return finding.success

    assert holds(0.5)
    assert not holds(0.51)


def test_a_warning_needs_a_kind():
    with pytest.raises(ValueError, match="'odd' is no kind of warning"):
        warning("w", "odd", why="", mend="")


def test_the_warehouse_is_free_for_the_next_process_once_the_connection_is_closed(tmp_path: Path):
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path), config={"threads": 1}) as connection:
        fill(connection, "raw")
        result = run_gate(connection, "raw", GateSettings())
        record(connection, result)
    counted = python(
        "import duckdb, sys; connection = duckdb.connect(sys.argv[1]);"
        "print(connection.sql('select count(*) from control.check_results').fetchone()[0])",
        str(path),
    )
    assert int(counted) == len(result.checks)


def test_the_engine_is_imported_only_when_a_gate_is_run():
    loaded = python(
        "import sys, orchestration.gates.run; print('great_expectations' in sys.modules)"
    )
    assert loaded == "False"


def test_a_gate_is_silent(warehouse: duckdb.DuckDBPyConnection, capfd: pytest.CaptureFixture[str]):
    run_gate(warehouse, "raw", GateSettings())
    assert capfd.readouterr() == ("", "")
