"""The files of a version hold the marts, in one order, and the BI copy holds no person."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from small_marts import DIM_LEADS, TABLES, VISITS

from orchestration.errors import LeadsError
from orchestration.publishing.files import MartFiles, check_marts
from orchestration.publishing.keyed_hashes import read_key
from orchestration.publishing.marts import write_marts
from orchestration.publishing.tables import CHECK_RESULTS, MartTable
from orchestration.settings import Settings

NewFiles = Callable[[str], MartFiles]
KEY = b"secret"


def hashed(text: str) -> str:
    return sha256(f"{KEY.hex()}{text}".encode()).hexdigest()[:32]


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_mart_is_a_table_of_the_published_file(
    settings: Settings, new_files: NewFiles
) -> None:
    files = new_files("v")

    counts = write_marts(settings, files, TABLES, KEY)

    assert counts == {"dim_leads": 3, "lead_redirects": 1, "visits": 10, "check_results": 2}
    kinds = rows(files.database, "select table_name, table_type from information_schema.tables")
    assert sorted(kinds) == [(name, "BASE TABLE") for name in sorted(counts)]
    check_marts(files, counts)


def test_rows_are_sorted_so_that_equal_marts_give_equal_parquet(
    settings: Settings, new_files: NewFiles
) -> None:
    first, second = new_files("first"), new_files("second")
    write_marts(settings, first, TABLES, KEY)
    with duckdb.connect(str(settings.warehouse)) as connection:
        # The same rows, stored the other way round.
        connection.execute(
            "create or replace table main.dim_leads as from main.dim_leads order by lead_id desc"
        )
    write_marts(settings, second, TABLES, KEY)

    assert rows(first.database, "select lead_id from dim_leads") == [("a",), ("b",), ("c",)]
    for table in TABLES:
        assert first.parquet(table.name).read_bytes() == second.parquet(table.name).read_bytes()


def test_only_the_check_results_of_this_build_are_published(
    settings: Settings, new_files: NewFiles
) -> None:
    files = new_files("v")
    write_marts(settings, files, TABLES, KEY)

    assert rows(files.database, "select check_name from check_results") == [
        ("keys are unique",),
        ("rows are fresh",),
    ]


def test_the_bi_copy_has_no_personal_column_and_no_lead_id(
    settings: Settings, new_files: NewFiles
) -> None:
    files = new_files("v")
    write_marts(settings, files, TABLES, KEY)

    columns = rows(
        files.bi_database, "select column_name from duckdb_columns() where table_name = 'dim_leads'"
    )
    assert columns == [("lead_id",), ("company_name",), ("visits",)]
    assert b"hanako" in files.database.read_bytes()
    assert b"hanako" not in files.bi_database.read_bytes()
    leads = rows(files.bi_database, "select lead_id, visits from dim_leads order by visits")
    assert leads == [(hashed("a"), 1), (hashed("b"), 2), (hashed("c"), 3)]


def test_hashes_join_as_the_ids_did_and_unknown_leads_stay_unknown(
    settings: Settings, new_files: NewFiles
) -> None:
    files = new_files("v")
    write_marts(settings, files, TABLES, KEY)

    # Visits 1, 4, 7 are of a, 2, 5, 8 of b, 0, 3, 6, 9 of nobody.
    per_lead = (
        "select visits, count(*) from visits join dim_leads using (lead_id) group by 1 order by 1"
    )
    assert rows(files.bi_database, per_lead) == [(1, 3), (2, 3)]
    assert rows(files.bi_database, "select count(*) from visits where lead_id is null") == [(4,)]
    redirect = rows(files.bi_database, "select old_lead_id, lead_id from lead_redirects")
    assert redirect == [(hashed("z"), hashed("a"))]


def test_the_bi_copy_has_no_key_of_a_record(settings: Settings, new_files: NewFiles) -> None:
    files = new_files("v")
    write_marts(settings, files, TABLES, KEY)

    assert b"tool:visit:" in files.database.read_bytes()
    assert b"tool:visit:" not in files.bi_database.read_bytes()
    found = rows(files.bi_database, "select visit_id from visits")
    assert {visit for (visit,) in found} == {hashed(f"tool:visit:{n}") for n in range(10)}


def test_the_order_of_the_bi_copy_tells_nothing_of_the_ids(
    settings: Settings, new_files: NewFiles
) -> None:
    files = new_files("v")
    write_marts(settings, files, TABLES, KEY)

    of_nobody = "select visit_id from visits where lead_id is null"
    in_order = [visit for (visit,) in rows(files.bi_database, of_nobody)]
    by_id = [hashed(f"tool:visit:{number}") for number in (0, 3, 6, 9)]
    assert in_order == sorted(by_id) != by_id


@pytest.mark.parametrize("tables", [(VISITS,), (CHECK_RESULTS,)])
def test_leads_of_many_rows_and_marts_without_leads_keep_their_rows(
    settings: Settings, new_files: NewFiles, tables: tuple[MartTable, ...]
) -> None:
    files = new_files("v")

    check_marts(files, write_marts(settings, files, tables, KEY))


def test_the_key_is_made_once_and_its_owner_alone_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "bi.key"

    key = read_key(path)

    assert len(key) == 32
    assert read_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key(tmp_path / "other.key") != key


def test_a_key_that_was_being_written_when_killed_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "bi.fresh").write_bytes(b"half")

    assert len(read_key(tmp_path / "bi.key")) == 32


def test_a_file_that_lacks_rows_is_found_before_readers_get_it(
    settings: Settings, new_files: NewFiles
) -> None:
    files = new_files("v")
    counts = write_marts(settings, files, TABLES, KEY)
    with duckdb.connect(str(files.bi_database)) as connection:
        connection.execute("delete from main.dim_leads where visits = 1")

    with pytest.raises(LeadsError, match=r"dim_leads: 3 in the warehouse but 2 .*bi/lead_marts"):
        check_marts(files, counts)


def test_a_file_that_old_clients_cannot_open_is_found_before_readers_get_it(
    settings: Settings, new_files: NewFiles
) -> None:
    files = new_files("v")
    counts = write_marts(settings, files, (DIM_LEADS,), KEY)
    files.database.unlink()
    with duckdb.connect() as connection:
        connection.execute(f"attach '{files.database}' as newer (storage_version 'v1.5.0')")
        connection.execute("create table newer.main.dim_leads as from range(3)")

    with pytest.raises(LeadsError, match=r"storage version: v1\.0\.0\+ .* but v1\.5\.0\+"):
        check_marts(files, counts)
