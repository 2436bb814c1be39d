"""Tiny warehouses that pass a gate, and what fails once a test has spoilt them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import duckdb
from great_expectations import ExpectationSuite

from expectations.marts import KEYS
from orchestration.gates.run import Gate, suites_of
from orchestration.gates.settings import GateSettings
from orchestration.gates.subject import read_subject
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


def reads_spoilt(suite: ExpectationSuite, spoilers: Sequence[str]) -> bool:
    """Say whether a suite reads a spoilt mart; looking at the others again takes seconds."""
    spoilt = set(re.findall(r"\bmain\.[a-z_]+", " ".join(spoilers)))
    text = json.dumps(suite.to_json_dict(), default=str)
    return not spoilt or any(table in text for table in spoilt)


@cache
def results(gate: Gate, *spoilers: str) -> tuple[CheckResult, ...]:
    connection = duckdb.connect()
    fill(connection, gate)
    for spoiler in spoilers:
        connection.execute(spoiler)
    subject = replace(read_subject(connection, GateSettings()), marts=frozenset(KEYS))
    suites = suites_of(subject)[gate]
    if gate == "marts":
        suites = tuple(suite for suite in suites if reads_spoilt(suite, spoilers))
    return tuple(
        judge(finding, build_id=subject.build_id, gate=gate, block_on=())
        for finding in validate(connection, suites)
    )


def failures(gate: Gate, *spoilers: str) -> set[tuple[str, str]]:
    return {
        (check.check_name, check.severity)
        for check in results(gate, *spoilers)
        if not check.success
    }


def names_by_severity(gate: Gate) -> set[tuple[str, str]]:
    return {(check.check_name, check.severity) for check in results(gate)}
