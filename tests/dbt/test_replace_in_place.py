"""A table or view is replaced where it stands, by its successor or not at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.defs.dbt_command import run_dbt
from orchestration.settings import PROJECT_ROOT

SETTINGS = """
name: small
version: 0.1.0
profile: small
models: {small: {+materialized: "{{ var('kind', 'table') }}"}}
"""
PROFILE = """
small:
  target: duckdb
  outputs:
    duckdb: {type: duckdb, path: warehouse.duckdb, threads: 1}
"""
# DuckDB refuses it while it runs, not while it reads it.
MODEL = "select {{ var('value') }} as value, {{ var('check', 'true') }} as is_right"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one model, with the materializations of this one."""
    (tmp_path / "dbt_project.yml").write_text(SETTINGS)
    (tmp_path / "profiles.yml").write_text(PROFILE)
    (tmp_path / "macros").mkdir()
    shutil.copy(PROJECT_ROOT / "macros" / "build" / "replace_in_place.sql", tmp_path / "macros")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "numbers.sql").write_text(MODEL)
    # The path in the profile is of the folder that dbt is run in.
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(project: Path, **variables: object) -> str:
    """Build the model; give what became of it."""
    arguments = ["run", "--quiet", "--vars", json.dumps(variables)]
    [result] = run_dbt(arguments, project, project / "target").results
    return str(result.status)


def found(project: Path) -> tuple[list[tuple[str, str]], list[int]]:
    """Every table and view with its kind, and the values of the model."""
    with duckdb.connect(str(project / "warehouse.duckdb")) as connection:
        relations = connection.execute(
            "select table_name, table_type from information_schema.tables order by all"
        ).fetchall()
        return relations, [
            value for (value,) in connection.sql("select value from numbers").fetchall()
        ]


@pytest.mark.parametrize(("kind", "type_"), [("table", "BASE TABLE"), ("view", "VIEW")])
def test_a_successor_stands_alone_whatever_kind_it_was_before(
    project: Path, kind: str, type_: str
) -> None:
    for value, before in enumerate(("table", "view", "view", "table")):
        assert build(project, value=value, kind=before) == "success"

    assert build(project, value=9, kind=kind) == "success"

    assert found(project) == ([("numbers", type_)], [9])


def test_a_table_that_fails_leaves_its_former_one(project: Path) -> None:
    assert build(project, value=1) == "success"

    assert build(project, value=2, check="error('no')") == "error"

    assert found(project) == ([("numbers", "BASE TABLE")], [1])
    assert build(project, value=3) == "success"
    assert found(project) == ([("numbers", "BASE TABLE")], [3])
