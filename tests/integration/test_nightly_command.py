"""`make nightly` from end to end: what it publishes, what it says, and what stays when it fails."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.defs.night import only_night
from orchestration.settings import PROJECT_ROOT
from sample import SampleSpec, write_sample

# What may differ between two runs over the same rows, by its meaning.
RUN_DEPENDENT = {"check_results", "lead_scores", "dim_leads", "sales_priority_list"}


@dataclass(frozen=True)
class Home:
    """A home and the raw rows that are landed in it."""

    raw: Path
    home: Path
    as_of: str

    @property
    def current(self) -> Path:
        return self.home / "published" / "current"

    def begin(self, command: str = "nightly", root: Path = PROJECT_ROOT) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "orchestration", command],
            cwd=root,
            env=os.environ
            | {
                "LEADS_RAW": str(self.raw),
                "LEADS_HOME": str(self.home),
                "LEADS_AS_OF": self.as_of,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, command: str = "nightly", root: Path = PROJECT_ROOT) -> tuple[int, str, str]:
        process = self.begin(command, root)
        out, err = process.communicate()
        return process.returncode, out, err

    def manifest(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.current / "manifest.json").read_text())
        return content

    def digests(self) -> dict[str, str]:
        return {
            path: digest
            for path, digest in self.manifest()["sha256"].items()
            if Path(path).stem not in RUN_DEPENDENT
        }


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, str]:
    """A home after its first night, and what that night said."""
    folder = tmp_path_factory.mktemp("nightly")
    made = write_sample(SampleSpec(leads=200, out=folder, activities_per_lead=30))
    home = Home(folder / "raw", folder / "home", made.as_of)
    code, out, err = home.run()
    assert (code, err) == (0, ""), err
    return home, out


@pytest.fixture
def home(night: tuple[Home, str]) -> Home:
    return night[0]


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
        parquet = home.current / "parquet" / table / f"{table}.parquet"
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


def test_a_second_night_over_the_same_rows_publishes_the_same(home: Home) -> None:
    before, version = home.digests(), home.current.resolve()

    code, _, err = home.run()

    assert (code, err) == (0, "")
    assert home.digests() == before
    assert home.current.resolve() != version


def test_a_rollback_lets_readers_have_the_version_before(home: Home) -> None:
    newest = home.current.resolve()

    code, _, _ = home.run("rollback")

    assert code == 0
    assert home.current.resolve() != newest


def test_a_wrong_folder_is_one_line_and_leaves_what_was_published(home: Home) -> None:
    before = home.current.resolve()

    code, out, err = Home(home.raw / "nowhere", home.home, home.as_of).run()

    assert (code, out) == (1, "")
    assert err.startswith("error: ")
    assert err.count("\n") == 1
    assert "nowhere" in err
    assert home.current.resolve() == before


def test_two_nights_at_once_are_refused_in_one_line(home: Home) -> None:
    with only_night(home.home):
        code, _, err = home.run()

    assert code == 1
    assert err.startswith(f"error: another night is under way, in process {os.getpid()} | where: ")
    assert err.count("\n") == 1


def test_a_failing_test_of_dbt_is_named_and_nothing_is_published(
    home: Home, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    tracked = ("models", "macros", "seeds", "tests", "orchestration", "expectations", "sample")
    for folder in tracked:
        shutil.copytree(PROJECT_ROOT / folder, project / folder)
    for file in ("dbt_project.yml", "profiles.yml", "dagster.yaml"):
        shutil.copy(PROJECT_ROOT / file, project / file)
    never = project / "tests" / "dbt" / "singular" / "there_are_no_stages.sql"
    never.write_text("select stage_key from {{ ref('stage_definitions') }}\n")
    before = home.current.resolve()

    code, _, err = home.run(root=project)

    assert code == 1
    assert "dbt steps failed: test there_are_no_stages (7 rows) | where: " in err
    assert err.count("\n") == 1
    assert home.current.resolve() == before


def test_a_night_killed_in_its_middle_leaves_the_next_one_right(home: Home, tmp_path: Path) -> None:
    killed = Home(home.raw, tmp_path / "home", home.as_of)
    process = killed.begin()
    assert process.stdout is not None
    for said in process.stdout:
        if said.startswith("dbt built "):
            os.killpg(process.pid, signal.SIGKILL)
            break
    process.wait()
    assert not killed.current.exists()

    code, _, err = killed.run()

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
