"""A build tests the rows that it replaced, where these tell all; `dbt test` tests every row."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.defs.dbt_command import run_dbt
from orchestration.settings import PROJECT_ROOT

FILES = {
    "dbt_project.yml": "{name: small, version: 0.1.0, profile: small}",
    "profiles.yml": """
        small:
          target: duckdb
          outputs:
            duckdb: {type: duckdb, path: warehouse.duckdb, threads: 1}
        """,
    "macros/in_full_build.sql": """
        {% macro in_full_build() %}{{ return(flags.FULL_REFRESH) }}{% endmacro %}
        """,
    "models/changed.sql": "select 'b' as id",
    "models/numbers.sql": """
        {{ config(
            materialized='incremental',
            incremental_strategy='replace_changed',
            unique_key='id',
            meta={'changed': 'changed'}
        ) }}
        -- depends_on: {{ ref('changed') }}
        select * from (values ('a', 1), ('b', 2)) as numbers (id, value)
        """,
    "models/numbers.yml": """
        models:
          - name: numbers
            columns:
              - {name: id, data_tests: [{is_key: {name: key_of_changed}}, {not_null: {name: told}}]}
              - {name: value, data_tests: [{is_key: {name: key_of_all}}]}
        """,
}
COPIED = ("build/replace_changed", "tests/is_key", "tests/get_where_subquery")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built project whose table then got its changed row and the other one a second time."""
    for name, content in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content)
    for name in COPIED:
        shutil.copy(PROJECT_ROOT / "macros" / f"{name}.sql", tmp_path / "macros")
    # The path in the profile is of the folder that dbt is run in.
    monkeypatch.chdir(tmp_path)
    run_dbt(["run", "--quiet"], tmp_path, tmp_path / "target")
    with duckdb.connect("warehouse.duckdb") as connection:
        connection.execute("insert into numbers from numbers")
    return tmp_path


def failures(project: Path, *arguments: str) -> dict[str, int]:
    """Run the tests alone; give what each found."""
    command = [*arguments, "--quiet", "--select=test_type:generic"]
    results = run_dbt(command, project, project / "target").results
    return {result.node.name: result.failures for result in results}


def test_a_build_tests_the_rows_it_replaced_where_the_key_tells_them(project: Path) -> None:
    assert failures(project, "build") == {"key_of_changed": 1, "key_of_all": 2, "told": 0}


@pytest.mark.parametrize("command", [("test",), ("build", "--full-refresh")])
def test_all_rows_are_tested_by_hand_and_in_a_full_build(
    project: Path, command: tuple[str, ...]
) -> None:
    assert failures(project, *command) == {"key_of_changed": 2, "key_of_all": 2, "told": 0}
