"""Opening the warehouse, and transactions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import LeadsError
from orchestration.warehouse import open_warehouse, transaction


def test_the_warehouse_is_made_where_it_is_missing(tmp_path: Path):
    path = tmp_path / "home" / "warehouse.duckdb"
    with open_warehouse(path, memory_limit="1GB") as connection:
        settings = connection.execute(
            "select current_setting('TimeZone'), current_setting('memory_limit')"
        ).fetchone()
    # One gigabyte is 1e9 / 2^20 = 953.67 MiB.
    assert settings == ("UTC", "953.6 MiB")
    assert path.is_file()


def test_another_process_that_holds_the_warehouse_is_named(tmp_path: Path):
    path = tmp_path / "warehouse.duckdb"
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print('held', flush=True);"
            " sys.stdin.read()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with (
            pytest.raises(LeadsError, match=rf"another process holds .*PID {holder.pid}") as raised,
            open_warehouse(path),
        ):
            pass
        assert raised.value.where == str(path)
    finally:
        holder.communicate()
    with open_warehouse(path):
        pass


def test_a_file_that_is_no_warehouse_is_refused(tmp_path: Path):
    path = tmp_path / "warehouse.duckdb"
    path.write_text("a letter, not a warehouse" * 1000)
    with pytest.raises(LeadsError, match="cannot be opened"), open_warehouse(path):
        pass


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path):
    (tmp_path / "home").write_text("a file")
    with (
        pytest.raises(LeadsError, match="cannot be made") as raised,
        open_warehouse(tmp_path / "home" / "warehouse.duckdb"),
    ):
        pass
    assert "LEADS_HOME" in raised.value.mend


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path):
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        with pytest.raises(duckdb.CatalogException), transaction(connection):
            connection.execute("create table t as select 1 as a; select * from missing")
        assert connection.execute("show tables").fetchall() == []
        with transaction(connection):
            connection.execute("create table t as select 1 as a")
        assert connection.execute("select a from t").fetchall() == [(1,)]
