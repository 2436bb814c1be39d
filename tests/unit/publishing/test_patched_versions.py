"""A version that takes from the one before what did not change is as one written whole."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from small_marts import PROVENANCE, TABLES, VISITS

from orchestration.publishing.files import MartFiles
from orchestration.publishing.publish import publish
from orchestration.settings import Settings

FIRST = replace(PROVENANCE, build_id=2)
SECOND = replace(PROVENANCE, former_build_id=2)
PARTED = replace(
    VISITS,
    relation="main.dated_visits",
    columns=("visit_id", "lead_id", "visited_on"),
    part_by="visited_on",
    changed="main.changed_visits",
    changed_key="visit_id",
)
MARTS = (*(table for table in TABLES if table is not VISITS), PARTED)

# Ten visits, a month apart from January on; the third moves to November, the fourth goes, the fifth
# is another lead's, and one more is new in January.
BEFORE = """
create table dated_visits as
    select *, date '2026-01-15' + to_months(cast(row_number() over (order by visit_id) - 1 as int))
        as visited_on
    from visits;
create table changed_visits as select cast(null as varchar) as visit_id limit 0;
"""
CHANGE = """
insert into changed_visits values
    ('tool:visit:2'), ('tool:visit:3'), ('tool:visit:4'), ('tool:visit:new');
update dated_visits set visited_on = date '2026-11-01' where visit_id = 'tool:visit:2';
delete from dated_visits where visit_id = 'tool:visit:3';
update dated_visits set lead_id = 'b' where visit_id = 'tool:visit:4';
insert into dated_visits values ('tool:visit:new', 'a', date '2026-01-31');
-- As many leads as before, of which one is called otherwise.
update dim_leads set company_name = 'Acme Holdings' where lead_id = 'a';
"""


def no_pages(files: MartFiles) -> None:
    """A version without pages."""


def execute(settings: Settings, statements: str) -> None:
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute(statements)


@pytest.fixture
def two_versions(settings: Settings) -> tuple[Path, Path, Path]:
    """Publishes before and after the change, then what is there after it as a whole."""
    execute(settings, BEFORE)
    first = publish(settings, FIRST, MARTS, no_pages).version
    execute(settings, CHANGE)
    patched = publish(settings, SECOND, MARTS, no_pages).version
    whole = publish(settings, replace(SECOND, former_build_id=0), MARTS, no_pages).version
    return first, patched, whole


def parquet_of(version: Path) -> dict[str, bytes]:
    folder = version / "parquet"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.parquet")}


def test_its_parquet_files_are_those_of_a_whole_one_byte_for_byte(
    two_versions: tuple[Path, Path, Path],
) -> None:
    _, patched, whole = two_versions
    assert parquet_of(patched) == parquet_of(whole)


@pytest.mark.parametrize("database", ["lead_marts.duckdb", "bi/lead_marts.duckdb"])
def test_its_databases_hold_the_rows_of_a_whole_one(
    two_versions: tuple[Path, Path, Path], database: str
) -> None:
    _, patched, whole = two_versions
    for table in MARTS:
        rows = []
        for version in (patched, whole):
            with duckdb.connect(str(version / database), read_only=True) as connection:
                rows.append(connection.sql(f"from {table.name} order by all").fetchall())
        assert rows[0] == rows[1]


def test_only_months_in_which_something_changed_are_written_again(
    two_versions: tuple[Path, Path, Path],
) -> None:
    first, patched, _ = two_versions
    months = {path.name for path in (patched / "parquet" / "visits").iterdir()}
    linked = {
        name
        for name in months
        if (first / "parquet" / "visits" / name).exists()
        and (patched / "parquet" / "visits" / name).samefile(first / "parquet" / "visits" / name)
    }
    # The visits 2, 3 and 4 were in March, April and May; March and April have no other.
    assert months - linked == {
        "visits_2026-01.parquet", "visits_2026-05.parquet", "visits_2026-11.parquet",
    }  # fmt: skip
    assert {"visits_2026-03.parquet", "visits_2026-04.parquet"}.isdisjoint(months)


def test_a_table_without_named_keys_is_written_again_where_a_row_differs(
    two_versions: tuple[Path, Path, Path],
) -> None:
    first, patched, _ = two_versions
    for database in ("lead_marts.duckdb", "bi/lead_marts.duckdb"):
        with duckdb.connect(str(patched / database), read_only=True) as connection:
            names = connection.sql("select company_name from dim_leads").fetchall()
        assert ("Acme Holdings",) in names
    files = {table: f"parquet/{table}/{table}.parquet" for table in ("dim_leads", "lead_redirects")}
    assert {table: (patched / file).samefile(first / file) for table, file in files.items()} == {
        "dim_leads": False,
        "lead_redirects": True,
    }


def test_a_version_of_another_project_or_build_is_no_base(settings: Settings) -> None:
    execute(settings, BEFORE)
    publish(settings, replace(FIRST, fingerprint="other"), MARTS, no_pages)
    execute(settings, "delete from dated_visits")

    # Nothing is named as changed: only a version written whole can be without the visits.
    publication = publish(settings, SECOND, MARTS, no_pages)
    assert publication.row_counts["visits"] == 0


def test_a_table_that_loses_all_its_rows_keeps_a_file_with_its_columns(settings: Settings) -> None:
    execute(settings, BEFORE)
    publish(settings, FIRST, MARTS, no_pages)
    execute(settings, "insert into changed_visits select visit_id from dated_visits")
    execute(settings, "delete from dated_visits")

    version = publish(settings, SECOND, MARTS, no_pages).version

    [file] = (version / "parquet" / "visits").iterdir()
    with duckdb.connect() as connection:
        assert connection.read_parquet(str(file)).columns == list(PARTED.columns)


def test_a_version_with_other_hashes_is_no_base(settings: Settings) -> None:
    execute(settings, BEFORE)
    publish(settings, FIRST, MARTS, no_pages)
    (settings.home / "bi.key").unlink()
    execute(settings, "update dim_leads set visits = visits + 1")

    # The leads are written anew; with the hashes of the new key alone they would meet no visit.
    version = publish(settings, SECOND, MARTS, no_pages).version
    with duckdb.connect(str(version / "bi" / "lead_marts.duckdb"), read_only=True) as connection:
        [(strangers,)] = connection.execute(
            "select count(*) from visits anti join dim_leads using (lead_id)"
            " where lead_id is not null"
        ).fetchall()
        [(met,)] = connection.execute(
            "select count(*) from visits where lead_id is not null"
        ).fetchall()
    assert (strangers, met) == (0, 6)
    manifests = [
        json.loads((each / "manifest.json").read_text()) for each in version.parent.iterdir()
    ]
    assert len({manifest["versions"]["bi_key"] for manifest in manifests}) == 2
