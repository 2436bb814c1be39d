"""Run a gate on the warehouse and keep what it found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from typing import TYPE_CHECKING, Literal

import duckdb

from orchestration.errors import LeadsError
from orchestration.gates.settings import GateSettings
from orchestration.gates.subject import Subject, read_subject
from orchestration.gates.verdicts import KINDS, GateResult, judge

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite

Gate = Literal["raw", "scoring_inputs", "marts"]


def run_gate(
    connection: duckdb.DuckDBPyConnection, gate: Gate, settings: GateSettings
) -> GateResult:
    """Check the build under way at one gate.

    Args:
        connection: The open warehouse, without a transaction under way.
        gate: The gate.
        settings: What people set about the gates.

    Returns:
        The result of each check, by dataset and name. Nothing is written.

    Raises:
        LeadsError: Nothing has landed, or `block_on` names a warning that does not exist.
    """
    # Great Expectations takes six seconds to import; no other command should pay for it.
    from orchestration.gates.validation import validate

    subject = read_subject(connection, settings)
    suites = suites_of(subject)
    _require_known(settings.block_on, suites)
    checks = [
        judge(finding, build_id=subject.build_id, gate=gate, block_on=settings.block_on)
        for finding in validate(connection, suites[gate])
    ]
    checks.sort(key=lambda check: (check.dataset, check.check_name))
    return GateResult(subject.build_id, gate, tuple(checks))


def record(connection: duckdb.DuckDBPyConnection, result: GateResult) -> None:
    """Keep the results in `control.check_results`, in place of those of an earlier try.

    Args:
        connection: The open warehouse, without a transaction under way.
        result: What `run_gate` returned.
    """
    connection.execute("begin")
    connection.execute(
        "delete from control.check_results where build_id = ? and gate = ?",
        [result.build_id, result.gate],
    )
    connection.executemany(
        "insert into control.check_results"
        " (build_id, gate, dataset, check_name, severity, success, observed, details)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [astuple(check) for check in result.checks],
    )
    connection.execute("commit")


def suites_of(subject: Subject) -> dict[Gate, tuple[ExpectationSuite, ...]]:
    """Give the suites of each gate for a build."""
    from expectations import marts, raw, scoring_inputs

    return {
        "raw": raw.suites(subject),
        "scoring_inputs": scoring_inputs.suites(subject),
        "marts": marts.suites(subject),
    }


def _require_known(
    block_on: Iterable[str], suites: dict[Gate, tuple[ExpectationSuite, ...]]
) -> None:
    told = [
        check.meta or {}
        for gate in suites.values()
        for suite in gate
        for check in suite.expectations
    ]
    warnings = sorted({entry["name"] for entry in told if entry["kind"]})
    for entry in block_on:
        if entry not in KINDS and entry not in warnings:
            raise LeadsError(
                f"'{entry}' is no warning of a gate",
                where="dbt_project.yml, vars, gates, block_on",
                mend=f"use some of {', '.join((*KINDS, *warnings))}",
            )
