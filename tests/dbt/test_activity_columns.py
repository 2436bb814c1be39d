"""What a mapping leaves unsaid of an activity, and what it cannot say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.defs.dbt_command import run_dbt
from orchestration.errors import LeadsError
from orchestration.settings import PROJECT_ROOT

PROFILE = """
small:
  target: duckdb
  outputs:
    duckdb: {type: duckdb, path: warehouse.duckdb, threads: 1}
"""
ROW = """
select '7' as record_id, 'p' as person_id, 'page_view' as activity_type, 'unsaid' as content_key,
    timestamp '2026-06-01' as occurred_at, timestamp '2026-06-02' as landed_at,
    3 as changed_in_build
"""
MODEL = f"""
select {{{{ activity('tool', 'visit', 'views', source_rank=2, **var('told')) }}}}
from ({ROW}) as views
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one mapping of one row."""
    (tmp_path / "dbt_project.yml").write_text("{name: small, version: 0.1.0, profile: small}")
    (tmp_path / "profiles.yml").write_text(PROFILE)
    (tmp_path / "macros").mkdir()
    shutil.copy(PROJECT_ROOT / "macros" / "mappings" / "activity.sql", tmp_path / "macros")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "activities.sql").write_text(MODEL)
    # The path in the profile is of the folder that dbt is run in.
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(project: Path, **told: str) -> None:
    """Build the mapping, which tells of its row what is given."""
    arguments = ["run", "--quiet", "--vars", json.dumps({"told": told})]
    run_dbt(arguments, project, project / "target")


def test_what_a_mapping_leaves_unsaid_is_the_row_s_or_nothing(project: Path) -> None:
    build(project, link="'/faq'")

    with duckdb.connect("warehouse.duckdb") as connection:
        found = connection.sql("from activities").to_arrow_table().to_pylist()[0]
    assert {name: value for name, value in found.items() if value is not None} == {
        "activity_id": "tool:visit:7",
        "connector": "tool",
        "source_table": "visit",
        "source_record_id": "7",
        "source_rank": 2,
        "person_key": "tool:p",
        "occurred_at": found["occurred_at"],
        "activity_type": "page_view",
        "link": "/faq",
        "is_on_demand": False,
        "landed_at": found["landed_at"],
        "changed_in_build": 3,
    }
    # The row has a content key, but the mapping did not tell it.
    assert "content_key" in found
    assert found["occurred_at"] < found["landed_at"]


def test_a_column_that_no_activity_has_is_refused_by_name(project: Path) -> None:
    with pytest.raises(LeadsError, match="an activity has no column 'contnet_key'"):
        build(project, contnet_key="'/faq'")
