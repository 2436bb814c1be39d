"""The rules of one day, made valid on all days."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from orchestration.replaying.rules import VALUING, copy_with_rules_of
from orchestration.rules.seeds import read_seed, validate_seeds
from orchestration.settings import PROJECT_ROOT

CHANGED_ON = date(2026, 4, 1)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project with another threshold and other points from a day on."""
    root = tmp_path / "project"
    for folder in ("models", "macros", "seeds"):
        shutil.copytree(PROJECT_ROOT / folder, root / folder)
    for file in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT_ROOT / file, root / file)
    for path, old, new in (
        ("qualification/mql_criteria.csv", ",180,,", ",180,,{day}\nmql-2,50,25,180,{day},"),
        ("scoring/score_rules.csv", "FAQ閲覧,2000-01-01,", "FAQ閲覧,2000-01-01,{day}"),
        ("scoring/score_adjustments.csv", "author\n", "author\n1,a,b,c,5,{day},,x,y\n"),
        ("stages/crm_status_map.csv", "sql,stage,evaluating,true,none,,", "{line}{day}"),
    ):
        file = root / "seeds" / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new.format(day=CHANGED_ON, line=old)), encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("day", "version", "has_faq"),
    [(date(2026, 3, 31), "mql-1", True), (CHANGED_ON, "mql-2", False)],
)
def test_the_rules_that_hold_on_the_day_hold_always_and_the_others_never(
    day: date, version: str, has_faq: bool, project: Path, tmp_path: Path
):
    copy = tmp_path / "copy"
    copy_with_rules_of(day, project, copy)

    validate_seeds(copy, date(2001, 1, 1))
    assert [row["criteria_version"] for row in read_seed(copy, "mql_criteria")] == [version]
    assert ("faq_view" in {row["rule_id"] for row in read_seed(copy, "score_rules")}) is has_faq
    for name in VALUING:
        assert {(row["valid_from"], row["valid_to"]) for row in read_seed(copy, name)} <= {
            (None, None)
        }


def test_what_is_no_rule_of_value_keeps_its_days(project: Path, tmp_path: Path):
    copy = tmp_path / "copy"
    copy_with_rules_of(CHANGED_ON, project, copy)

    for name in ("score_adjustments", "crm_status_map"):
        assert read_seed(copy, name) == read_seed(project, name)
    assert read_seed(project, "mql_criteria")[0]["valid_to"] == CHANGED_ON
