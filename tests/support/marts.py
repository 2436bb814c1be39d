"""Compares the marts of two warehouses row by row."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from orchestration.warehouse import open_warehouse

# What differs between runs by its meaning.
RUN_DEPENDENT = frozenset({"run_id", "model_version", "predicted_probability", "predicted_reasons"})


def read_marts(warehouse: Path) -> dict[str, pa.Table]:
    """Read every table in the schema of the marts, whoever made it."""
    with open_warehouse(warehouse) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables"
            " where table_schema = 'main' order by table_name"
        ).fetchall()
        return {
            name: connection.sql(f'select * from main."{name}"').to_arrow_table()
            for (name,) in names
        }


def read_rows(database: Path, query: str) -> list[tuple[object, ...]]:
    """Ask a warehouse, or a file that was published, one thing."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def differences(
    one: Path, other: Path, ignored: dict[str, set[str]] | None = None
) -> dict[str, str]:
    """Find the marts whose rows differ.

    Args:
        one: A warehouse.
        other: Another warehouse.
        ignored: Columns left out, by table.

    Returns:
        For each table that differs how many rows only one side has, with examples.
    """
    ours, theirs = read_marts(one), read_marts(other)
    assert ours.keys() == theirs.keys()
    found = {}
    for table in ours:
        left_out = RUN_DEPENDENT | (ignored or {}).get(table, set())
        columns = [name for name in ours[table].column_names if name not in left_out]
        sides = [
            _only_in(a.select(columns), b.select(columns))
            for a, b in ((ours[table], theirs[table]), (theirs[table], ours[table]))
        ]
        if any(sides):
            found[table] = " / ".join(f"{len(side)} rows, as {side[:2]}" for side in sides)
    return found


def _only_in(a: pa.Table, b: pa.Table) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        connection.register("a", a)
        connection.register("b", b)
        return connection.execute("from a except all from b").fetchall()
