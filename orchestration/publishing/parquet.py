"""The Parquet files of a table: one, or one for each month."""

from __future__ import annotations

import os
from collections.abc import Collection

import duckdb

from orchestration.publishing.files import MartFiles, sql_literal
from orchestration.publishing.tables import UNDATED, MartTable

# One row group per DuckDB vector block of 60 x 2,048 rows: the size its own reader scans best.
ROW_GROUP_ROWS = 122_880


def write_parquet(
    connection: duckdb.DuckDBPyConnection,
    table: MartTable,
    files: MartFiles,
    former: MartFiles | None,
    changed_parts: Collection[str] | None,
) -> None:
    """Write a table of the attached database `marts`.

    Args:
        connection: Has the database `marts` attached, with the table as it shall be.
        table: The table.
        files: Where to write.
        former: The version whose files serve again where nothing changed; they are linked.
        changed_parts: The parts that changed since; None for all.
    """
    source = f'marts.main."{table.name}"'
    # A table without rows is a file too: it tells the columns.
    for name in sorted(table.parts_of(connection, source)) or [UNDATED]:
        path = files.parquet(table.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if former and changed_parts is not None and name not in changed_parts:
            kept = former.parquet(table.name, name)
            if kept.exists():
                os.link(kept, path)
                continue
        connection.execute(
            f"copy (select * from {source} where {table.is_of_part(name)}"
            f" order by {table.order_by(table.columns)})"
            f" to {sql_literal(path)}"
            f" (format parquet, compression zstd, row_group_size {ROW_GROUP_ROWS})"
        )
