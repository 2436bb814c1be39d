"""Compares the marts of two warehouses row by row."""

from __future__ import annotations

from pathlib import Path

import duckdb

# What may differ between runs by its meaning: how the row came to be, and which landing refused it.
RUN_DEPENDENT = frozenset({"run_id", "model_version", "predicted_probability", "predicted_reasons"})


def mart_tables(warehouse: Path) -> list[str]:
    """The tables of the marts, by name."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select table_name from information_schema.tables"
            " where table_schema = 'main' order by table_name"
        ).fetchall()
    return [name for (name,) in rows]


def differences(one: Path, other: Path, ignored: dict[str, set[str]] | None = None) -> dict[str, str]:
    """Find the marts whose rows differ.

    Args:
        one: A warehouse.
        other: Another warehouse.
        ignored: Columns left out, by table.

    Returns:
        For each table that differs how many rows only one side has, with an example.
    """
    tables = mart_tables(one)
    assert tables == mart_tables(other)
    found = {}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one}' as one (read_only)")
        connection.execute(f"attach '{other}' as other (read_only)")
        for table in tables:
            left_out = RUN_DEPENDENT | (ignored or {}).get(table, set())
            columns = ", ".join(
                f'"{name}"'
                for (name,) in connection.execute(
                    "select column_name from duckdb_columns() where database_name = 'one'"
                    " and schema_name = 'main' and table_name = ? order by column_index",
                    [table],
                ).fetchall()
                if name not in left_out
            )
            sides = [
                connection.execute(
                    f"select {columns} from {a}.main.{table}"
                    f" except all select {columns} from {b}.main.{table}"
                ).fetchall()
                for a, b in (("one", "other"), ("other", "one"))
            ]
            if any(sides):
                found[table] = " / ".join(f"{len(side)} rows, as {side[:2]}" for side in sides)
    return found
