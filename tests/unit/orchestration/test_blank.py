"""A blank warehouse has what the models ask for, and hurts no other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import yaml

from orchestration.blank import holds_rows, make_blank_warehouse
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.warehouse import open_warehouse

PYTHON_SOURCES = PROJECT_ROOT / "models" / "intermediate" / "_python__sources.yml"


def test_there_is_a_build_and_every_declared_table_without_rows(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path, datetime(2026, 6, 30, 15, tzinfo=UTC))

    make_blank_warehouse(settings)

    with open_warehouse(settings.warehouse) as connection:
        builds = connection.execute("select build_id, as_of from control.build").fetchall()
        rows = connection.execute("select count(*) from landed_salesforce.lead").fetchall()
    assert builds == [(1, datetime(2026, 6, 30, 15))]  # noqa: DTZ001
    assert rows == [(0,)]


def test_what_python_writes_and_dbt_reads_is_there(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path, datetime(2026, 6, 30, 15, tzinfo=UTC))
    sources = yaml.safe_load(PYTHON_SOURCES.read_text(encoding="utf-8"))["sources"]
    wanted = {(source["name"], table["name"]) for source in sources for table in source["tables"]}

    make_blank_warehouse(settings)

    with open_warehouse(settings.warehouse) as connection:
        there = connection.execute(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall()
    assert wanted <= set(there)


def test_a_blank_warehouse_holds_no_rows_and_neither_does_none_at_all(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path / "home", datetime(2026, 6, 30, 15, tzinfo=UTC))

    assert not holds_rows(settings)
    make_blank_warehouse(settings)
    assert not holds_rows(settings)

    with open_warehouse(settings.warehouse) as connection:
        connection.execute("insert into control.landed_files (file_id) values (1)")
    assert holds_rows(settings)


def test_a_warehouse_with_a_build_keeps_it(tmp_path: Path) -> None:
    first = Settings(tmp_path, tmp_path, datetime(2026, 6, 30, 15, tzinfo=UTC))
    later = Settings(tmp_path, tmp_path, datetime(2026, 7, 30, 15, tzinfo=UTC))

    make_blank_warehouse(first)
    make_blank_warehouse(later)

    with open_warehouse(first.warehouse) as connection:
        builds = connection.execute("select build_id, as_of from control.build").fetchall()
    assert builds == [(1, datetime(2026, 6, 30, 15))]  # noqa: DTZ001
