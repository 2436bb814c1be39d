"""What a night brings: the files that are new or changed, checked as a whole before any lands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, groupby
from pathlib import Path

import duckdb

from orchestration.errors import LeadsError
from orchestration.landing.arrivals import Arrival, look_into
from orchestration.landing.control import Seen, TableKey
from orchestration.landing.declarations import Table
from orchestration.landing.files import RawFile
from orchestration.landing.group import Group

FileKey = tuple[str, str, str]


@dataclass(frozen=True)
class Night:
    """The files that land tonight.

    Attributes:
        groups: New and changed files, alike ones together, by table.
        touched: Files whose time of change is new and whose content is not.
    """

    groups: tuple[Group, ...]
    touched: tuple[Arrival, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that have files tonight."""
        return tuple(dict.fromkeys(group.table for group in self.groups))


def file_key(file: RawFile) -> FileKey:
    """Give what a file is known by from night to night."""
    return file.connector, file.table, file.path


def table_key(file: RawFile) -> TableKey:
    """Give the connector and name of a file's table."""
    return file.connector, file.table


def look_at_night(
    files: Collection[RawFile],
    seen: Mapping[FileKey, Seen],
    tables: Mapping[TableKey, Table],
    connection: duckdb.DuckDBPyConnection,
    scratch: Path,
    first_file_id: int,
) -> Night:
    """Sort out what is new and check all of it.

    Args:
        files: All files there are.
        seen: What is landed of them and needs not land again.
        tables: All tables, by connector and name.
        connection: The warehouse, outside any transaction.
        scratch: An existing folder for rewritten files.
        first_file_id: The number of the first file that lands.

    Returns:
        What lands.

    Raises:
        LeadsError: A required table or column is missing, or a file is unreadable.
    """
    suspects = [file for file in files if _may_have_changed(file, seen.get(file_key(file)))]
    arrivals = look_into(suspects, connection, scratch)
    for arrival in arrivals:
        _check_columns(arrival, tables[table_key(arrival.file)])
    fresh: list[Arrival] = []
    touched: list[Arrival] = []
    for arrival in arrivals:
        before = seen.get(file_key(arrival.file))
        is_same = before is not None and before.content_hash == arrival.content_hash
        (touched if is_same else fresh).append(arrival)
    return Night(_grouped(fresh, seen, tables, count(first_file_id)), tuple(touched))


def check_tables(there: Collection[TableKey], tables: Iterable[Table]) -> None:
    """Refuse a connector without a table that it cannot be understood without.

    Args:
        there: The tables that are there tonight or landed before.
        tables: All tables.

    Raises:
        LeadsError: A required table of a connector with other tables is missing.
    """
    connectors = {connector for connector, _ in there}
    for table in tables:
        if table.is_required and table.connector in connectors:
            if (table.connector, table.name) not in there:
                raise LeadsError(
                    f"the table '{table.name}' of {table.connector} is missing, and nothing of"
                    f" {table.connector} can be understood without it",
                    where=f"{table.connector}/{table.name}.csv or .parquet in LEADS_RAW",
                    mend="add the table, or leave the connector out with LEADS_CONNECTORS",
                )


def _may_have_changed(file: RawFile, before: Seen | None) -> bool:
    return (
        before is None
        or file.form == "table"
        or (file.size, file.modified_ns) != (before.size, before.modified_ns)
    )


def _grouped(
    arrivals: Iterable[Arrival],
    seen: Mapping[FileKey, Seen],
    tables: Mapping[TableKey, Table],
    numbers: Iterator[int],
) -> tuple[Group, ...]:
    def shape(arrival: Arrival) -> tuple[object, ...]:
        file = arrival.file
        return (
            file.connector,
            file.table,
            file_key(file) in seen,
            arrival.reading,
            arrival.breaks > 0,
            arrival.columns,
            arrival.types,
            # A loaded table is read alone.
            file.path if arrival.reading == "table" else "",
        )

    return tuple(
        Group(
            table=tables[table_key(alike[0].file)],
            arrivals=tuple(alike),
            file_ids=tuple(next(numbers) for _ in alike),
            is_changed=file_key(alike[0].file) in seen,
        )
        for _, group in groupby(sorted(arrivals, key=shape), key=shape)
        if (alike := list(group))
    )


def _check_columns(arrival: Arrival, table: Table) -> None:
    raw_names = {column.name: column.raw_name for column in table.columns}
    there = Counter(arrival.columns)

    def error(what: str) -> LeadsError:
        return LeadsError(
            f"{table.label} {what}; it has {', '.join(arrival.columns)}",
            where=arrival.file.path,
            mend="export the table again with these columns, or take the file away",
        )

    for column in table.columns:
        if column.is_required and column.raw_name not in there:
            raise error(f"lacks the required column '{column.raw_name}'")
        if column.raw_name and there[column.raw_name] > 1:
            raise error(f"has the column '{column.raw_name}' twice")
    if table.key and not any(
        all(raw_names[name] in there for name in names) for names in table.key
    ):
        keys = " or ".join("(" + ", ".join(names) + ")" for names in table.key)
        raise error(f"lacks the columns of its key {keys}")
    if table.is_occurrence_required and not any(
        raw_names[name] in there for name in table.occurred_at
    ):
        raise error(f"lacks a time of occurrence ({' or '.join(table.occurred_at)})")
