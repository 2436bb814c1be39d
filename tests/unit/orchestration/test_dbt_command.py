"""What a build of dbt came to is told to people and to Dagster."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs import dbt_command
from orchestration.defs.dbt import events
from orchestration.defs.dbt_command import read_manifest
from orchestration.defs.dbt_results import NodeResult, judge_build
from orchestration.errors import LeadsError

LOG = Path("dbt.log")
BUILT = NodeResult("model", "dim_leads", "success", "OK", seconds=0.5)
HELD = NodeResult("test", "unique_dim_leads_lead_id", "pass", failures=0)
WARNED = NodeResult("test", "few_leads_have_no_mail", "warn", "Got 9 results", failures=9)
FAILED = NodeResult("test", "not_null_dim_leads_lead_id", "fail", "Got 1200 results", failures=1200)
BROKEN = NodeResult("model", "fct_x", "error", 'Binder Error:\n  no column\n  "y"')
HOOK = NodeResult("operation", "on_run_start_0", "success")
SKIPPED = NodeResult("model", "fct_y", "skipped", "SKIP relation main.fct_x")


def test_a_good_build_is_told_in_numbers() -> None:
    assert judge_build([HOOK, BUILT, HELD], LOG) == "dbt built 1 tables, 1 tests held,"


def test_a_warning_of_a_test_does_not_stop_the_night_but_is_told() -> None:
    assert judge_build([BUILT, HELD, WARNED], LOG) == "dbt built 1 tables, 2 tests held, 1 warned,"


def test_failed_tests_are_named_with_their_rows_and_broken_models_with_their_reason() -> None:
    with pytest.raises(LeadsError) as caught:
        judge_build([BUILT, FAILED, BROKEN, SKIPPED], LOG)

    assert caught.value.what == (
        "2 of 4 dbt steps failed: test not_null_dim_leads_lead_id (1,200 rows);"
        ' model fct_x (Binder Error: no column "y")'
    )
    assert "dbt.log" in caught.value.mend


@pytest.mark.parametrize(("failures", "more"), [(10, False), (11, True)])
def test_of_many_failures_the_first_ten_are_named(failures: int, more: bool) -> None:
    with pytest.raises(LeadsError) as caught:
        judge_build([FAILED] * failures, LOG)

    assert caught.value.what.count("not_null_dim_leads_lead_id") == 10
    assert caught.value.what.endswith(" and 1 more") is more


def key(name: str) -> dg.AssetCheckKey:
    return dg.AssetCheckKey(dg.AssetKey("dim_leads"), name)


def test_a_built_model_is_an_output_and_a_test_a_check_result() -> None:
    checks = {key(HELD.name), key(WARNED.name), key(FAILED.name)}

    output, held, warned, failed = events([BUILT, HELD, WARNED, FAILED], checks)

    assert isinstance(output, dg.Output)
    assert output.output_name == "dim_leads"
    assert isinstance(held, dg.AssetCheckResult)
    assert held.passed
    assert isinstance(warned, dg.AssetCheckResult)
    assert (warned.passed, warned.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert isinstance(failed, dg.AssetCheckResult)
    assert (failed.passed, failed.severity) == (False, dg.AssetCheckSeverity.ERROR)


def test_what_was_not_built_and_what_dagster_does_not_know_are_no_events() -> None:
    assert list(events([HOOK, BROKEN, SKIPPED, HELD], set())) == []


def test_the_project_is_read_again_only_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []

    def read(arguments: list[str], root: Path, target: Path) -> None:
        reads.append(arguments)
        (target / "manifest.json").write_text('{"nodes": {}}')

    monkeypatch.setattr(dbt_command, "run_dbt", read)
    (tmp_path / "dbt_project.yml").write_text("name: small")
    (tmp_path / "models").mkdir()
    (tmp_path / "orchestration").mkdir()

    assert read_manifest(tmp_path) == {"nodes": {}}
    read_manifest(tmp_path)
    assert len(reads) == 1

    (tmp_path / "models" / "a.sql").write_text("select 1")
    read_manifest(tmp_path)
    assert len(reads) == 2

    (tmp_path / "target" / "manifest.json").unlink()
    read_manifest(tmp_path)
    assert len(reads) == 3


def test_a_project_that_cannot_be_read_is_read_again_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dbt_project.yml").write_text("name: small")
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "manifest.json").write_text('{"nodes": {"old": 1}}')

    def refuse(arguments: list[str], root: Path, target: Path) -> None:
        raise LeadsError("compilation error", where="models", mend="mend it")

    monkeypatch.setattr(dbt_command, "run_dbt", refuse)

    for _ in range(2):
        with pytest.raises(LeadsError, match="compilation error"):
            read_manifest(tmp_path)
