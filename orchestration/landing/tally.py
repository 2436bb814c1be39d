"""Counts a night: rows per file and table, drift, the newest row, rows that lie far ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import duckdb
import pyarrow as pa

from orchestration.landing.arrivals import Arrival
from orchestration.landing.control import declaration, declarations_before
from orchestration.landing.declarations import Project, Table
from orchestration.landing.group import Group
from orchestration.landing.refusals import keep, raw_rows
from orchestration.landing.typed import at_places_sql, typed_sql


def add_files(connection: duckdb.DuckDBPyConnection, groups: Iterable[Group], batch: int) -> None:
    """Write a row to `control.landed_files` for each file that lands."""
    rows = [
        {
            "file_id": file_id,
            "connector": arrival.file.connector,
            "table_name": arrival.file.table,
            "path": arrival.file.path,
            "size": arrival.file.size,
            "modified_ns": arrival.file.modified_ns,
            "content_hash": arrival.content_hash,
            "rows": 0,
            "refused": 0,
            "batch": batch,
        }
        for group in groups
        for arrival, file_id in zip(group.arrivals, group.file_ids, strict=True)
    ]
    if rows:
        files = pa.Table.from_pylist(rows)  # noqa: F841 (the engine finds it by its name)
        connection.execute("insert into control.landed_files by name select * from files")


def note_touched(connection: duckdb.DuckDBPyConnection, touched: Iterable[Arrival]) -> None:
    """Note the new time of change of files whose content is as it was."""
    for arrival in touched:
        file = arrival.file
        connection.execute(
            """
            update control.landed_files set modified_ns = ?
            where connector = ? and table_name = ? and path = ? and content_hash = ?
            """,
            [file.modified_ns, file.connector, file.table, file.path, arrival.content_hash],
        )


def new_rows(connection: duckdb.DuckDBPyConnection, table: Table, batch: int) -> tuple[int, int]:
    """Give how many rows of a table landed and were refused in a night."""
    landed, refused = connection.execute(
        """
        select coalesce(sum(rows), 0), coalesce(sum(refused), 0) from control.landed_files
        where connector = ? and table_name = ? and batch = ?
        """,
        [*table.key_of, batch],
    ).fetchall()[0]
    return int(landed), int(refused)


def count_files(connection: duckdb.DuckDBPyConnection, tables: Iterable[Table], batch: int) -> None:
    """Write to `control.landed_files` how many rows of each file landed and were refused."""
    for table in tables:
        connection.execute(
            f"""
            update control.landed_files as files set rows = counted.rows
            from (
                select _file_id, count(*) as rows from {table.relation}
                where _batch = ? group by _file_id
            ) as counted
            where files.file_id = counted._file_id
            """,
            [batch],
        )
    connection.execute(
        """
        update control.landed_files as files set refused = counted.refused
        from (
            select connector, table_name, file, count(*) as refused
            from control.refused_rows where batch = ? group by all
        ) as counted
        where files.batch = ? and files.path = counted.file
            and files.connector = counted.connector and files.table_name = counted.table_name
        """,
        [batch, batch],
    )


def count_tables(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], project: Project
) -> None:
    """Write `control.landed_tables` anew: a row for each table, absent ones too."""
    counts = " union all ".join(
        f"select {position} as position, count(*) as landed_rows from {table.relation}"
        for position, table in enumerate(tables)
    )
    before = declarations_before(connection)
    landed = dict(connection.execute(counts).fetchall()) if tables else {}
    refused = {
        (connector, name): rows
        for connector, name, rows in connection.execute(
            "select connector, table_name, count(*) from control.refused_rows group by all"
        ).fetchall()
    }
    rows = [
        {
            "connector": table.connector,
            "table_name": table.name,
            "is_declared": table.is_declared,
            "landed_rows": landed[position],
            "refused_rows": refused.get(table.key_of, 0),
            "declaration": declaration(table, project, before.get(table.key_of)),
        }
        for position, table in enumerate(tables)
    ]
    connection.execute("delete from control.landed_tables")
    if rows:
        counted = pa.Table.from_pylist(rows)  # noqa: F841 (the engine finds it by its name)
        connection.execute("insert into control.landed_tables by name select * from counted")


def newest_synced_at(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[Table], batch: int
) -> datetime | None:
    """Give the newest synchronisation of all rows ever landed, naive UTC.

    Args:
        connection: The warehouse; `control.build` still holds the build before.
        tables: The tables that have new rows.
        batch: The number of this night.
    """
    newest = connection.execute("select max(newest_synced_at) from control.build").fetchall()
    for table in tables:
        newest += connection.execute(
            f"select max(_synced_at) from {table.relation} where _batch = ?", [batch]
        ).fetchall()
    return max((moment for (moment,) in newest if moment is not None), default=None)


def keep_payloads(
    connection: duckdb.DuckDBPyConnection,
    group: Group,
    batch: int,
    earliest: date,
    limit: datetime,
) -> None:
    """Keep the raw text of landed rows that occurred after the limit: they may prove impossible."""
    landed = f"""
        select _file_id, _row_number from {group.table.relation}
        where _batch = {batch} and _occurred_at > timestamp '{limit}'
            and _file_id in ({", ".join(map(str, group.file_ids))})
        """
    if connection.execute(f"{landed} limit 1").fetchone():
        typed = at_places_sql(typed_sql(group, batch, earliest), landed)
        rows = raw_rows(connection, group, typed)
        keep(connection, "row_payloads", group.table, rows, batch)
        _date_payloads(connection, group.table, batch)


def _date_payloads(connection: duckdb.DuckDBPyConnection, table: Table, batch: int) -> None:
    """Say when the rows kept this night occur, so that later nights can judge them anew."""
    connection.execute(
        f"""
        update control.row_payloads as kept set occurred_at = landed._occurred_at
        from {table.relation} as landed
        inner join control.landed_files as files on landed._file_id = files.file_id
        where kept.connector = $connector and kept.table_name = $table and kept.batch = $batch
            and kept.file = files.path and kept.row_number = landed._row_number
            and landed._batch = $batch
        """,
        {"connector": table.connector, "table": table.name, "batch": batch},
    )
