"""From a finding to whether the night may go on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from orchestration.gates.verdicts import KINDS, Finding, GateResult, judge

WRONG = Finding(
    dataset="main.t",
    name="key_is_unique",
    kind=None,
    why="One row per key.",
    mend="Look for the join.",
    success=False,
    result={"details": {"rows": [{"keys": 2}]}},
)
STALE = replace(WRONG, name="connectors_are_fresh", kind="freshness")


def judged(finding: Finding, *block_on: str):
    return judge(finding, build_id=7, gate="raw", block_on=block_on)


def test_what_is_wrong_blocks():
    assert judged(WRONG).severity == "error"
    assert judged(WRONG).blocks


def test_what_is_unusual_warns():
    assert judged(STALE).severity == "warn"
    assert not judged(STALE).success
    assert not judged(STALE).blocks


@pytest.mark.parametrize("kind", KINDS)
def test_a_warning_blocks_when_its_kind_is_set_to(kind: str):
    warning = replace(STALE, kind=kind)
    assert judged(warning, kind).blocks
    assert not judged(warning, *(set(KINDS) - {kind})).blocks


def test_a_warning_blocks_when_its_name_is_set_to():
    assert judged(STALE, "connectors_are_fresh").blocks
    assert not judged(STALE, "key_is_unique").blocks


def test_what_holds_never_blocks():
    assert not judged(replace(WRONG, success=True)).blocks
    assert not judged(replace(STALE, success=True), "freshness").blocks


@pytest.mark.parametrize("success", [True, False])
def test_what_could_not_be_checked_does_not_hold(success: bool):
    check = judged(replace(WRONG, success=success, result={}, exceptions=("no such column",)))
    assert check.blocks
    assert check.observed == "could not be checked"
    assert json.loads(check.details)["found"] == ["no such column"]


@pytest.mark.parametrize(
    ("result", "observed", "found"),
    [
        ({"details": {"rows": [{"leads": 3}]}}, "1 found: leads 3", [{"leads": 3}]),
        (
            {
                "unexpected_count": 1234,
                "element_count": 5000,
                "partial_unexpected_counts": [{"value": "fax", "count": 20}],
            },
            "1,234 of 5,000 rows: fax",
            ["fax"],
        ),
        (
            {
                "unexpected_count": 1,
                "element_count": 2,
                "partial_unexpected_counts": [{"value": None, "count": 1}],
            },
            "1 of 2 rows",
            [],
        ),
        ({"observed_value": 0}, "0", [0]),
    ],
    ids=["rows", "values", "nulls", "one value"],
)
def test_what_was_seen_is_told(result: dict, observed: str, found: list):
    check = judged(replace(WRONG, result=result))
    assert check.observed == observed
    assert json.loads(check.details) == {
        "why": "One row per key.",
        "mend": "Look for the join.",
        "found": found,
    }


def test_of_many_things_found_the_first_are_named_and_long_names_are_cut():
    columns = ", ".join(f"column_{number}" for number in range(20))
    rows = [{"connector": "marketo", "table_name": f"t{number}"} for number in range(5)]
    found = {"details": {"rows": [{"table_name": "lead", "columns": columns}, *rows]}}

    observed = judged(replace(WRONG, result=found)).observed

    assert observed == (
        "6 found: lead column_0, column_1, column_2, column_3, column_4, colu…;"
        " marketo t0; marketo t1; and 3 more"
    )


def test_an_empty_table_has_no_unexpected_rows():
    empty = {"unexpected_count": None, "element_count": 0}
    assert judged(replace(WRONG, success=True, result=empty)).observed == "0 of 0 rows"


def test_a_check_that_holds_tells_only_why_it_is_there():
    check = judged(replace(WRONG, success=True, result={"details": {"rows": []}}))
    assert json.loads(check.details) == {"why": "One row per key."}


def test_values_of_numpy_days_and_japanese_text_become_json():
    row = {"is_bad": np.bool_(True), "n": np.int64(3), "day": date(2026, 6, 30), "語": "資料"}
    check = judged(replace(WRONG, result={"details": {"rows": [row]}}))
    assert json.loads(check.details)["found"] == [
        {"is_bad": True, "n": 3, "day": "2026-06-30", "語": "資料"}
    ]
    assert "資料" in check.details


def test_a_gate_tells_what_blocks_and_what_only_warns():
    holds = judged(replace(WRONG, name="holds", success=True))
    result = GateResult(7, "raw", (holds, judged(STALE), judged(WRONG)))
    assert [check.check_name for check in result.blocking] == ["key_is_unique"]
    assert [check.check_name for check in result.warnings] == ["connectors_are_fresh"]
    error = result.error()
    assert error is not None
    assert str(error) == (
        "the raw gate is closed: main.t key_is_unique (1 found: keys 2)"
        " | where: control.check_results of build 7 | mend: Look for the join."
    )


def test_a_gate_with_warnings_only_is_open():
    assert GateResult(7, "raw", (judged(STALE),)).error() is None
