"""The Parquet files of a table: one, or one for each month."""

from __future__ import annotations

import os

import duckdb

from orchestration.publishing.differences import Differences
from orchestration.publishing.files import MartFiles, sql_literal
from orchestration.publishing.tables import UNDATED, MartTable

# One row group per DuckDB vector block of 60 x 2,048 rows: the size its own reader scans best.
ROW_GROUP_ROWS = 122_880


def write_parquet(
    connection: duckdb.DuckDBPyConnection,
    table: MartTable,
    files: MartFiles,
    former: MartFiles | None,
    differences: Differences | None,
) -> None:
    """Write a table of the attached database `marts`.

    Args:
        connection: Has the database `marts` attached, with the table as it shall be.
        table: The table.
        files: Where to write.
        former: The version whose files serve again where nothing changed; they are linked.
        differences: What the table says otherwise than that version; None without one.
    """
    source = f'marts.main."{table.name}"'
    # A table without rows is a file too: it tells the columns.
    for name in sorted(table.parts_of(connection, source)) or [UNDATED]:
        path = files.parquet(table.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if former and differences and name not in differences.parts:
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
