"""Lands the rows of a group of files, each once, and counts what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import duckdb

from orchestration.errors import LeadsError
from orchestration.landing.declarations import Table
from orchestration.landing.group import Group
from orchestration.landing.refusals import refuse
from orchestration.landing.sql import identifier, literal
from orchestration.landing.typed import (
    accepted_sql,
    at_places_sql,
    bad_value_sql,
    landed_columns,
    row_hash_sql,
    typed_sql,
)


def land_group(
    connection: duckdb.DuckDBPyConnection, group: Group, batch: int, earliest: date
) -> None:
    """Add the rows of a group to its landed table.

    Of a file that landed before, the rows that are more than those that landed from it, copies
    counted: what was overwritten stays, and no row lands twice.

    Args:
        connection: The warehouse, within the transaction of the night.
        group: Files that are shaped alike; their rows are in `control.landed_files`.
        batch: The number of this night.
        earliest: An occurrence before this day is impossible.

    Raises:
        LeadsError: A file turns out to be unreadable.
    """
    typed = typed_sql(group, batch, earliest)
    columns = ", ".join(identifier(name) for name in landed_columns(group.table))
    accepted = accepted_sql(group.table)
    arriving = typed
    expected = sum(arrival.rows for arrival in group.arrivals)
    try:
        if group.is_changed:
            connection.execute(
                f"create or replace temporary table new_rows as {_new_sql(group, typed)}"
            )
            arriving = at_places_sql(typed, "from new_rows")
            expected = _count(connection, "select count(*) from new_rows")
        with _conditions_last(connection):
            _count_bad_values(connection, group, arriving)
            landed = _count(
                connection,
                f"insert into {group.table.relation} ({columns})"
                f" select {columns} from ({arriving}) where {accepted}",
            )
            refused = f"select * from ({arriving}) where not ({accepted})"
            refuse(connection, group, refused if landed < expected else None, batch)
    except duckdb.Error as error:
        raise LeadsError(
            f"{group.table.label} cannot be landed: {str(error).splitlines()[0]}",
            where=", ".join(arrival.file.path for arrival in group.arrivals[:3]),
            mend="export the table again, or take the file away",
        ) from error


def difference_sql(arriving: str, known: str) -> str:
    """Give the rows of one query that are more than those of another, copies counted.

    Rows are told apart by the hash of their values and by their time of synchronisation, within
    their path.

    Args:
        arriving: A query with `_path`, `_hash`, `_synced_at` and `_row_number`.
        known: Another one.
    """
    copies = "row_number() over (partition by _path, _hash, _synced_at order by _row_number)"
    return f"""
        select * from (select *, {copies} as _copy from ({arriving}) as rows) as arriving
        anti join (select *, {copies} as _copy from ({known}) as rows) as known
            on known._path = arriving._path
            and known._hash = arriving._hash
            and known._synced_at is not distinct from arriving._synced_at
            and known._copy = arriving._copy
        """


def files_sql(table: Table) -> str:
    """Give the numbers and paths of a table's files, as a query of `_file_id` and `_path`."""
    return f"""
        select file_id as _file_id, path as _path from control.landed_files
        where connector = {literal(table.connector)} and table_name = {literal(table.name)}
        """


@contextmanager
def _conditions_last(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keeps conditions on typed rows where they stand.

    The engine would push them down to the files and take each of their parts for every row anew,
    at six times the cost.
    """
    connection.execute("set disabled_optimizers = 'filter_pushdown'")
    try:
        yield
    finally:
        connection.execute("reset disabled_optimizers")


def _count(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    return int(row[0]) if row else 0


def _new_sql(group: Group, typed: str) -> str:
    """Gives the places of the rows that did not land from the same path before."""
    paths = ", ".join(literal(arrival.file.path) for arrival in group.arrivals)
    files = f"({files_sql(group.table)} and path in ({paths})) as files"
    # Taken anew for the rows that landed: another version of the engine may hash otherwise.
    row_hash = row_hash_sql(group.table) if group.table.columns else "_row_hash"
    hashed = "select _file_id, _row_number, _synced_at, {} as _hash from {} as rows"
    arriving = hashed.format("_row_hash", f"({typed})")
    known = hashed.format(row_hash, group.table.relation)
    difference = difference_sql(
        f"select * from ({arriving}) as rows join {files} using (_file_id)",
        f"select * from ({known}) as rows join {files} using (_file_id)",
    )
    return f"select _file_id, _row_number from ({difference})"


def _count_bad_values(connection: duckdb.DuckDBPyConnection, group: Group, arriving: str) -> None:
    """Adds up the values that could not be read and became null."""
    conditions = bad_value_sql(group)
    if not conditions:
        return
    accepted = accepted_sql(group.table)
    counts = (f"count_if({condition} and {accepted})" for condition in conditions.values())
    counted = connection.execute(f"select {', '.join(counts)} from ({arriving})").fetchone()
    for column, bad_values in zip(conditions, counted or (), strict=True):
        if bad_values:
            place = [*group.table.key_of, column]
            before = connection.execute(
                """
                delete from control.bad_values
                where connector = ? and table_name = ? and column_name = ?
                returning bad_values
                """,
                place,
            ).fetchone()
            connection.execute(
                "insert into control.bad_values values (?, ?, ?, ?)",
                [*place, bad_values + (before[0] if before else 0)],
            )
