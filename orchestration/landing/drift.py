"""How the columns of the files differ from the declared ones."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from orchestration.landing.declarations import SYNCED, Table
from orchestration.landing.group import Group


def drift_of(table: Table, groups: Iterable[Group]) -> dict[str, tuple[str, ...]]:
    """Compare the columns of a table's files with the declared ones.

    Args:
        table: The table.
        groups: Its files that land tonight.

    Returns:
        `unknown`: columns of any file that are not declared; `missing_optional`: declared
        columns that no file has. Nothing for a table that is only counted.
    """
    there = {column for group in groups for column in group.columns}
    if not there or not table.is_declared:
        return {}
    declared = {column.raw_name for column in table.columns if column.raw_name}
    return {
        "unknown": tuple(sorted(there - declared - {SYNCED})),
        "missing_optional": tuple(sorted(declared - there)),
    }


def write_drift(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    found: dict[str, tuple[str, ...]],
    batch: int,
) -> None:
    """Replace what `control.column_drift` says of a table."""
    connection.execute(
        "delete from control.column_drift where connector = ? and table_name = ?", table.key_of
    )
    for kind, columns in found.items():
        connection.execute(
            "insert into control.column_drift select ?, ?, unnest(?), ?, ?",
            [*table.key_of, list(columns), kind, batch],
        )
