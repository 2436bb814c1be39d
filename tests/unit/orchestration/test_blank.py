"""A blank warehouse has what models ask for when they are compiled, and hurts no other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from orchestration.blank import make_blank_warehouse
from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse


def test_there_is_a_build_and_every_declared_table_without_rows(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path, datetime(2026, 6, 30, 15, tzinfo=UTC))

    make_blank_warehouse(settings)

    with open_warehouse(settings.warehouse) as connection:
        builds = connection.execute("select build_id, as_of from control.build").fetchall()
        rows = connection.execute("select count(*) from landed_salesforce.lead").fetchall()
    assert builds == [(1, datetime(2026, 6, 30, 15))]  # noqa: DTZ001
    assert rows == [(0,)]


def test_a_warehouse_with_a_build_keeps_it(tmp_path: Path) -> None:
    first = Settings(tmp_path, tmp_path, datetime(2026, 6, 30, 15, tzinfo=UTC))
    later = Settings(tmp_path, tmp_path, datetime(2026, 7, 30, 15, tzinfo=UTC))

    make_blank_warehouse(first)
    make_blank_warehouse(later)

    with open_warehouse(first.warehouse) as connection:
        builds = connection.execute("select build_id, as_of from control.build").fetchall()
    assert builds == [(1, datetime(2026, 6, 30, 15))]  # noqa: DTZ001
