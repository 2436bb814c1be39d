"""A connector nobody knew before is a folder of tables and a folder of mappings, named in a var.

What is laid over a copy of the project are the steps of CONTRIBUTING, "Add a connector", and
nothing else.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from orchestration.settings import PROJECT_ROOT
from tests.support.nights import Nights

FIFTH = Path(__file__).with_name("fifth_connector")
MAPPINGS = [
    "person_records",
    "page_activities",
    "form_activities",
    "activity_records",
    "content_texts",
    "record_counts",
]
# In Tokyo an hour before midnight of 30 June: what happened that day has not decayed yet.
AS_OF = "2026-06-30T14:00:00Z"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the connector added."""
    copy = tmp_path_factory.mktemp("fifth") / "project"
    for folder in ("models", "macros", "seeds", "tests/dbt"):
        shutil.copytree(PROJECT_ROOT / folder, copy / folder)
    shutil.copy(PROJECT_ROOT / "profiles.yml", copy)
    shutil.copytree(FIFTH / "models", copy / "models", dirs_exist_ok=True)
    settings = yaml.safe_load((PROJECT_ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    settings["vars"]["mappings"]["newsroom"] = MAPPINGS
    settings["vars"]["newsroom_budget"] = "budget_text"
    (copy / "dbt_project.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def marts(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """What a night makes of the connector's rows and of one lead of the CRM."""
    nights = Nights(FIFTH / "raw", tmp_path_factory.mktemp("home"), root=project)
    nights.run(AS_OF)
    with duckdb.connect(str(nights.warehouse), read_only=True) as connection:
        yield connection


def test_its_rows_are_accounted_for(marts: duckdb.DuckDBPyConnection) -> None:
    # reader: of four rows two are versions of one reader, one has no id. page_read: of seven one is
    # void, one lies a second after the as-of, one has no time.
    assert marts.execute(
        "select table_name, raw_rows, used, duplicate, deleted, quarantined, not_yet, ignored"
        " from row_accounting where connector = 'newsroom' order by table_name"
    ).fetchall() == [
        ("page_read", 7, 4, 0, 1, 1, 1, 0),
        ("reader", 4, 2, 1, 0, 1, 0, 0),
        ("request", 1, 1, 0, 0, 0, 0, 0),
    ]


def test_its_people_are_those_of_the_other_connectors(marts: duckdb.DuckDBPyConnection) -> None:
    assert marts.execute(
        "select leads.email, string_agg(records.connector, ' ' order by records.connector)"
        " from lead_source_records as records join dim_leads as leads using (lead_id)"
        " group by leads.email order by leads.email"
    ).fetchall() == [
        ("sato@acme.example", "newsroom salesforce"),
        ("suzuki@beta.example", "newsroom"),
    ]


def test_the_rules_give_its_rows_a_meaning(marts: duckdb.DuckDBPyConnection) -> None:
    assert marts.execute(
        "select source_table, source_record_id, activity_type, content_key, content_category,"
        " is_machine from fct_activities where connector = 'newsroom' order by 1, 2"
    ).fetchall() == [
        ("page_read", "1", "page_view", "/pricing", "pricing", False),
        ("page_read", "2", "page_view", "/pricing", "pricing", False),
        ("page_read", "4", "page_view", "/faq", "faq", False),
        ("page_read", "7", "page_view", "/pricing", "pricing", True),
        ("request", "1", "download", "資料ダウンロード", None, False),
    ]


def test_its_people_are_scored(marts: duckdb.DuckDBPyConnection) -> None:
    # sato: pricing 10, once a day, and a download 15 of that very day; 部長 decides: 20.
    # suzuki: faq 5; what a crawler reads is worth nothing.
    assert marts.execute(
        "select leads.email, scores.behaviour_score, scores.attribute_score, scores.score_band"
        " from lead_scores as scores join dim_leads as leads using (lead_id) order by leads.email"
    ).fetchall() == [
        ("sato@acme.example", 25.0, 20.0, "act_now"),
        ("suzuki@beta.example", 5.0, 0.0, "cold"),
    ]


def test_its_people_are_qualified_and_called(marts: duckdb.DuckDBPyConnection) -> None:
    # 10 + 20 is too little; with the download at 03:00 it is 45.
    assert marts.execute(
        "select qualification, strftime(qualified_at, '%Y-%m-%d %H:%M') from fct_qualifications"
    ).fetchall() == [("mql", "2026-06-30 03:00")]
    assert marts.execute("select count(*) from sales_priority_list").fetchone() == (1,)
