"""Tiny warehouses that pass a gate, and what fails once a test has spoilt them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import duckdb
from great_expectations import ExpectationSuite

from orchestration.gates.night import read_night
from orchestration.gates.run import Gate, suites_of
from orchestration.gates.settings import GateSettings
from orchestration.gates.validation import validate
from orchestration.gates.verdicts import CheckResult, judge

HERE = Path(__file__).parent
SCRIPTS: dict[Gate, tuple[str, ...]] = {
    "raw": ("control.sql",),
    "scoring_inputs": ("control.sql", "scoring_inputs.sql"),
    "marts": ("control.sql", "marts.sql"),
}


def fill(connection: duckdb.DuckDBPyConnection, gate: Gate) -> None:
    for script in SCRIPTS[gate]:
        connection.execute((HERE / script).read_text(encoding="utf-8"))


def reads_any(suite: ExpectationSuite, spoilers: Sequence[str]) -> bool:
    """Say whether a suite reads a table that was spoilt; the others need no second look."""
    spoilt = set(re.findall(r"\b[a-z]+[a-z_]*\.[a-z_]+", " ".join(spoilers)))
    text = json.dumps(suite.to_json_dict(), default=str)
    return not spoilers or any(table in text for table in spoilt)


def results(gate: Gate, *spoilers: str) -> list[CheckResult]:
    connection = duckdb.connect()
    fill(connection, gate)
    for spoiler in spoilers:
        connection.execute(spoiler)
    night = read_night(connection, GateSettings())
    suites = [suite for suite in suites_of(night)[gate] if reads_any(suite, spoilers)]
    return [
        judge(finding, build_id=night.build_id, gate=gate, block_on=())
        for finding in validate(connection, suites)
    ]


def failures(gate: Gate, *spoilers: str) -> set[tuple[str, str]]:
    return {
        (check.check_name, check.severity)
        for check in results(gate, *spoilers)
        if not check.success
    }


def names_by_severity(gate: Gate) -> set[tuple[str, str]]:
    return {(check.check_name, check.severity) for check in results(gate)}
