"""`make nightly` from end to end: what it publishes, what it says, and what stays when it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.defs.night import only_night
from orchestration.settings import PROJECT_ROOT
from tests.support.home import Home


@pytest.fixture
def marts(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """A reader of what is published, with the copy for BI beside it."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{home.current}/lead_marts.duckdb' as marts (read_only)")
        connection.execute(f"attach '{home.current}/bi/lead_marts.duckdb' as bi (read_only)")
        yield connection


def columns(connection: duckdb.DuckDBPyConnection, database: str) -> list[tuple[str, str]]:
    """The text columns of a published database."""
    return connection.execute(
        "select table_name, column_name from duckdb_columns()"
        " where database_name = ? and data_type = 'VARCHAR' order by all",
        [database],
    ).fetchall()


def test_a_night_says_each_step_in_a_line_and_nothing_else(night: tuple[Home, str]) -> None:
    home, out = night
    lines = [line for line in out.splitlines() if not line.startswith("  warning: ")]

    assert [line.split(" ")[0] for line in lines[:-1]].count("dbt") == 3
    assert lines[0].startswith("landed ")
    assert lines[-1] == f"published: {home.current}"
    # Ten steps and three gates at most; a library that prints would add to them.
    assert len(lines) <= 14
    assert "RUN_SUCCESS" in (home.home / "logs" / "000001.log").read_text()


def test_everything_is_published_and_says_the_same(
    home: Home, marts: duckdb.DuckDBPyConnection
) -> None:
    row_counts = home.manifest()["row_counts"]

    for page in ("report/index.html", "docs/index.html"):
        assert (home.current / page).stat().st_size > 5_000
    for table, rows in row_counts.items():
        parquet = home.current / "parquet" / table / "*.parquet"
        counted = marts.execute(
            f"select (select count(*) from marts.main.{table}),"
            f" (select count(*) from bi.main.{table}),"
            f" (select count(*) from '{parquet}'),"
            f" (select count(*) from (from marts.main.{table} except all from '{parquet}'))"
        ).fetchone()
        assert counted == (rows, rows, rows, 0), table
    assert row_counts["dim_leads"] > 100
    assert row_counts["sales_priority_list"] > 0


def test_no_value_of_the_bi_copy_tells_who_a_lead_is(marts: duckdb.DuckDBPyConnection) -> None:
    marts.execute(
        "create temp table secrets as"
        " select lead_id as secret from marts.main.dim_leads union all"
        " select email from marts.main.dim_leads union all"
        " select person_name from marts.main.dim_leads"
    )
    leaks = [
        (table, column)
        for table, column in columns(marts, "bi")
        if marts.execute(
            f'select count(*) from (select distinct "{column}" as value from bi.main."{table}")'
            " where exists (select 1 from secrets where contains(value, secret))"
        ).fetchone()
        != (0,)
    ]

    assert leaks == []


READER = """
import sys
import duckdb
marts = duckdb.connect(sys.argv[1], read_only=True)
for asked in sys.stdin:
    row = marts.execute("select count(*), sum(total_score) from lead_scores").fetchone()
    print(row, flush=True)
"""


class Reader:
    """A BI tool: a process of its own that opens what is published and keeps it open."""

    def __init__(self, current: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", READER, current / "lead_marts.duckdb"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def read(self) -> str:
        """What it sees now: how many leads, and their points."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("?\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def close(self) -> None:
        self._process.communicate()


def test_a_second_night_publishes_the_same_and_disturbs_no_reader(home: Home) -> None:
    before, version, build = home.digests(), home.current.resolve(), home.manifest()["build_id"]
    early = Reader(home.current)
    seen = [early.read()]

    process = home.begin()
    while process.poll() is None:
        seen.append(early.read())
        time.sleep(0.2)
    late = Reader(home.current)
    seen.append(early.read())

    assert (process.returncode, process.communicate()[1]) == (0, "")
    assert home.digests() == before
    assert home.current.resolve() != version
    assert home.manifest()["build_id"] == build + 1
    # Who had opened the old version reads it to the end; who opens the new one reads the same.
    assert len(seen) > 5
    assert {*seen, late.read()} == {seen[0]}
    assert seen[0].startswith(f"({home.manifest()['row_counts']['lead_scores']}, ")
    for reader in (early, late):
        reader.close()


def test_a_rollback_lets_readers_have_the_version_before(home: Home) -> None:
    newest = home.current.resolve()

    code, _, _ = home.run("rollback")

    assert code == 0
    assert home.current.resolve() != newest


def test_two_nights_at_once_are_refused_in_one_line(home: Home) -> None:
    with only_night(home.home):
        code, _, err = home.run()

    assert code == 1
    assert err.startswith(f"error: another night is under way, in process {os.getpid()} | where: ")
    assert err.count("\n") == 1


def test_nights_killed_on_their_way_leave_the_next_one_right(home: Home, tmp_path: Path) -> None:
    killed = Home(home.raw, tmp_path / "home", home.as_of)
    for last_words in ("landed ", "dbt built "):
        process = killed.begin()
        assert process.stdout is not None
        for said in process.stdout:
            if said.startswith(last_words):
                os.killpg(process.pid, signal.SIGKILL)
                break
        process.communicate()
    assert not killed.current.exists()

    code, _, err = killed.run_here()

    assert (code, err) == (0, "")
    assert killed.digests() == home.digests()


def test_the_unit_tests_of_dbt_hold(home: Home) -> None:
    tested = subprocess.run(
        [
            Path(sys.executable).with_name("dbt"),
            *("test", "--select", "test_type:unit", "--quiet"),
            *("--target-path", home.home / "dbt", "--log-path", home.home / "dbt"),
        ],
        cwd=PROJECT_ROOT,
        env=os.environ | {"LEADS_HOME": str(home.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stdout
