"""Texts over nights: what is new, and titles whose rules begin or end between two nights."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import PROJECT_ROOT
from orchestration.steps.texts import write_texts

SOURCES = """
sources:
  - name: crm
    tables:
      - name: person
        config: {meta: {key: [[id]]}}
        columns:
          - {name: id, data_type: text}
          - {name: title, data_type: text, config: {meta: {text: [job_title]}}}
"""
# From 1 July, midnight in Tokyo, a 主席 is a head; until then the last rule has the word.
RULES = """rule_order,pattern,job_level,buying_role,valid_from,valid_to,note
1,主席,head,decision_maker,2026-07-01,2026-08-01,
2,部長,head,decision_maker,,,
3,.,staff,in_charge,,,
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "models" / "staging" / "crm"
    folder.mkdir(parents=True)
    (folder / "_crm__sources.yml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "dbt_project.yml").write_text("vars: {time_zone: Asia/Tokyo}\n", encoding="utf-8")
    shutil.copytree(PROJECT_ROOT / "seeds" / "people", tmp_path / "seeds" / "people")
    (tmp_path / "seeds" / "people" / "job_title_rules.csv").write_text(RULES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema control; create schema landed_crm")
        connection.execute("create table landed_crm.person (id text, title text, _batch integer)")
        yield connection


def night(
    warehouse: duckdb.DuckDBPyConnection,
    project: Path,
    number: int,
    as_of: str,
    completed_as_of: str | None,
    *titles: str,
) -> dict[str, tuple[str, int]]:
    """Land titles and write the texts; returns level and build by title."""
    for title in titles:
        warehouse.execute("insert into landed_crm.person values ('1', ?, ?)", [title, number])
    warehouse.execute(
        "create or replace table control.build as select ? as build_id, ?::timestamp as as_of,"
        " ? as completed_build_id, ?::timestamp as completed_as_of, ? as is_full_refresh",
        [number, as_of, number - 1 if completed_as_of else 0, completed_as_of, not completed_as_of],
    )
    write_texts(warehouse, project)
    rows = warehouse.execute("select raw_value, job_level, changed_in_build from text.job_title")
    return {title: (level, build) for title, level, build in rows.fetchall()}


def test_titles_are_classified_again_when_a_rule_begins_and_when_it_ends(
    warehouse: duckdb.DuckDBPyConnection, project: Path
):
    june, first_of_july, july, august = (
        "2026-06-30 14:59:59",
        "2026-06-30 15:00:00",
        "2026-07-20 00:00:00",
        "2026-07-31 15:00:00",
    )
    begun = night(warehouse, project, 1, june, None, "主席", "部長")
    assert begun == {"主席": ("staff", 1), "部長": ("head", 1)}

    held = night(warehouse, project, 2, first_of_july, june, "主席研究員")
    assert held == {"主席": ("head", 2), "部長": ("head", 1), "主席研究員": ("head", 2)}

    assert night(warehouse, project, 3, july, first_of_july) == held

    ended = night(warehouse, project, 4, august, july)
    assert ended == {"主席": ("staff", 4), "部長": ("head", 1), "主席研究員": ("staff", 4)}

    anew = night(warehouse, project, 5, august, None)
    assert {title: level for title, (level, _) in anew.items()} == {
        title: level for title, (level, _) in ended.items()
    }
