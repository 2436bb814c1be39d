"""Lands a table anew whose declaration changed.

Its files that are still there are read again, as if they were new. What lies in no file any more,
because the file vanished or was overwritten, is carried over from the former table: typed anew,
null in the columns that were not kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import duckdb

from orchestration.landing.declarations import SYNCED, Table
from orchestration.landing.group import Group
from orchestration.landing.refusals import REASON, raw_rows
from orchestration.landing.rows import difference_sql, files_sql
from orchestration.landing.sql import identifier, literal, raw_column
from orchestration.landing.typed import (
    accepted_sql,
    at_places_sql,
    landed_columns,
    type_rows_sql,
    typed_sql,
)
from orchestration.landing.values import SQL_TYPES


def set_aside(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make room for a table that lands anew: its rows wait under another name.

    Args:
        connection: The warehouse, within the transaction of the night.
        table: The table as it is declared now.
    """
    connection.execute(f"alter table {table.relation} rename to {identifier(_former(table))}")
    for name in ("bad_values", "row_payloads"):
        connection.execute(
            f"delete from control.{name} where connector = ? and table_name = ?", table.key_of
        )
    connection.execute(
        """
        update control.landed_files set rows = 0 where connector = ? and table_name = ?
        """,
        table.key_of,
    )


def carry_over(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    former: str,
    groups: Sequence[Group],
    batch: int,
    earliest: date,
) -> None:
    """Carry over what lies in no file any more, and drop the former table.

    Args:
        connection: The warehouse, within the transaction of the night; the files have landed.
        table: The table as it is declared now.
        former: The declaration it landed under before, as `declaration` gives it.
        groups: Its files that are there.
        batch: The number of this night.
        earliest: An occurrence before this day is impossible.
    """
    connection.execute(
        f"create or replace temporary table carried as"
        f" {_carried_sql(table, former, groups, batch, earliest)}"
    )
    accepted = accepted_sql(table)
    columns = ", ".join(identifier(name) for name in landed_columns(table))
    connection.execute(
        f"insert into {table.relation} ({columns}) select {columns} from carried where {accepted}"
    )
    values = ", ".join(identifier(column.name) for column in table.columns)
    connection.execute(
        f"""
        insert into control.refused_rows
        by name select ? as connector, ? as table_name, _path as file, _row_number as row_number,
            {REASON} as reason, cast(to_json(struct_pack({values})) as varchar) as payload,
            _batch as batch
        from carried where not ({accepted})
        """,
        table.key_of,
    )
    _forget_refusals(connection, table, groups, batch, earliest)
    connection.execute("drop table carried")
    connection.execute(f"drop table {identifier(table.schema, _former(table))}")


def _former(table: Table) -> str:
    return f"former_{table.name}"


def _carried_sql(
    table: Table, former: str, groups: Sequence[Group], batch: int, earliest: date
) -> str:
    """Gives the rows of the former table that are more than those of the files, copies counted.

    Only columns that mean the same in both declarations tell rows apart. Rows that were only
    counted have no value to tell them by: those of a file that is there are in it.
    """
    said = json.loads(former)
    was = {column["name"]: column for column in said["columns"]}
    now = {column.name: column for column in table.columns}
    same = [
        identifier(name)
        for name, column in now.items()
        if name in was
        and (was[name]["data_type"], was[name]["raw_name"]) == (column.data_type, column.raw_name)
        and (name in said["occurred_at"]) == (name in table.occurred_at)
    ]
    row_hash = f"hash({', '.join(same) or 'null'}) as _hash"
    kept = [*was, "_synced_at"]
    incoming = f"""
        select {
        ", ".join(f"{identifier(name)} as {raw_column(place)}" for place, name in enumerate(kept))
    }, _file_id, _row_number, _key is null as _is_counted
        from {identifier(table.schema, _former(table))}
        """
    typed = type_rows_sql(
        table,
        [(now[name].raw_name or "") if name in now else "" for name in was] + [SYNCED],
        [SQL_TYPES[column["data_type"]] for column in was.values()] + ["TIMESTAMP"],
        incoming,
        batch,
        earliest,
    )
    files = f"({files_sql(table)}) as files"
    rows = f"select *, {row_hash} from ({typed}) as rows join {files} using (_file_id)"
    if not groups:
        return rows
    there = " union all ".join(
        f"select _file_id, _row_number, _synced_at, {row_hash}"
        f" from ({typed_sql(group, batch, earliest)}) as rows"
        for group in groups
    )
    paths = ", ".join(literal(one.file.path) for group in groups for one in group.arrivals)
    return difference_sql(
        f"select * from ({rows}) as rows where not (_is_counted and _path in ({paths}))",
        f"select * from ({there}) as rows join {files} using (_file_id)",
    )


def _forget_refusals(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    groups: Sequence[Group],
    batch: int,
    earliest: date,
) -> None:
    """Drops the refusals of former nights whose row is still in its file: it was judged anew."""
    refused = connection.execute(
        """
        select file, row_number, payload from control.refused_rows
        where connector = ? and table_name = ? and batch < ?
        """,
        [*table.key_of, batch],
    ).fetchall()
    places = f"""
        select files._file_id, rows.row_number as _row_number
        from control.refused_rows as rows, ({files_sql(table)}) as files
        where rows.connector = {literal(table.connector)}
            and rows.table_name = {literal(table.name)}
            and rows.batch < {batch} and rows.file = files._path
        """
    there = {
        (one.file.path, line.row_number, line.text)
        for group in groups
        for one in group.arrivals
        for line in one.broken
    }
    for group in groups if refused else ():
        typed = at_places_sql(typed_sql(group, batch, earliest), places)
        there |= {
            (row.path, row.row_number, row.payload) for row in raw_rows(connection, group, typed)
        }
    for row in there.intersection(refused):
        connection.execute(
            """
            delete from control.refused_rows
            where connector = ? and table_name = ? and batch < ?
                and file = ? and row_number = ? and payload = ?
            """,
            [*table.key_of, batch, *row],
        )
