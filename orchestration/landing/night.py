"""What a night brings: the files that are new or changed, looked into before anything lands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, groupby
from pathlib import Path

import duckdb

from orchestration.landing.arrivals import Arrival, look_into
from orchestration.landing.checks import check_columns, check_tables
from orchestration.landing.control import (
    FileKey,
    Seen,
    TableKey,
    all_tables,
    declaration,
    declarations_before,
    next_file_id,
    seen_files,
)
from orchestration.landing.declarations import Project, Table
from orchestration.landing.files import RawFile, discover
from orchestration.landing.group import Group
from orchestration.settings import Settings


@dataclass(frozen=True)
class Night:
    """What there is to land.

    Attributes:
        groups: New and changed files, alike ones together, by table.
        touched: Files whose time of change is new and whose content is not.
        tables: All tables there are, declared or only counted.
        anew: Tables that are declared otherwise than when they landed, with that declaration.
    """

    groups: tuple[Group, ...]
    touched: tuple[Arrival, ...]
    tables: tuple[Table, ...]
    anew: Mapping[Table, str]

    @property
    def written(self) -> tuple[Table, ...]:
        """The tables that get rows."""
        return tuple(dict.fromkeys([*(group.table for group in self.groups), *self.anew]))

    def groups_of(self, table: Table) -> list[Group]:
        """Give the files of a table that land."""
        return [group for group in self.groups if group.table == table]


def plan_night(
    connection: duckdb.DuckDBPyConnection, settings: Settings, project: Project, scratch: Path
) -> Night:
    """Find what is new and check all of it.

    Args:
        connection: The warehouse, outside any transaction, with its control tables.
        settings: The raw folder and the connectors to read.
        project: The declarations.
        scratch: An existing folder for rewritten files.

    Returns:
        What lands.

    Raises:
        LeadsError: Nothing is found, a required table or column is missing, or a file is
            unreadable.
    """
    seen = seen_files(connection)
    before = declarations_before(connection)
    files = discover(settings, project.connectors, {key[0] for key in seen}, connection)
    there = {_table_key(file) for file in files} | {key[:2] for key in seen}
    tables = all_tables(project, there | before.keys())
    check_tables(there, tables.values())
    anew = {
        table: before[key]
        for key, table in tables.items()
        if table.is_declared and key in before and before[key] != declaration(table, project)
    }
    seen = {key: was for key, was in seen.items() if tables[key[:2]] not in anew}
    suspects = [file for file in files if _may_have_changed(file, seen.get(_file_key(file)))]
    arrivals = look_into(suspects, connection, scratch)
    for arrival in arrivals:
        check_columns(arrival, tables[_table_key(arrival.file)])
    fresh = [arrival for arrival in arrivals if not _is_same(arrival, seen)]
    return Night(
        groups=tuple(_groups(fresh, seen, tables, count(next_file_id(connection)))),
        touched=tuple(arrival for arrival in arrivals if _is_same(arrival, seen)),
        tables=tuple(tables.values()),
        anew=anew,
    )


def _file_key(file: RawFile) -> FileKey:
    return file.connector, file.table, file.path


def _table_key(file: RawFile) -> TableKey:
    return file.connector, file.table


def _may_have_changed(file: RawFile, before: Seen | None) -> bool:
    return (
        before is None
        or file.form == "table"
        or (file.size, file.modified_ns) != (before.size, before.modified_ns)
    )


def _is_same(arrival: Arrival, seen: Mapping[FileKey, Seen]) -> bool:
    before = seen.get(_file_key(arrival.file))
    return before is not None and before.content_hash == arrival.content_hash


def _groups(
    arrivals: Iterable[Arrival],
    seen: Mapping[FileKey, Seen],
    tables: Mapping[TableKey, Table],
    numbers: Iterator[int],
) -> Iterator[Group]:
    """Yields the files that one query can read: of one table, shaped alike."""

    def shape(arrival: Arrival) -> tuple[object, ...]:
        return (
            _table_key(arrival.file),
            _file_key(arrival.file) in seen,
            arrival.reading,
            arrival.breaks > 0,
            arrival.columns,
            arrival.types,
            # A loaded table is read alone.
            arrival.source if arrival.reading == "table" else "",
        )

    for _, group in groupby(sorted(arrivals, key=shape), key=shape):
        alike = tuple(group)
        first = alike[0].file
        yield Group(
            table=tables[_table_key(first)],
            arrivals=alike,
            file_ids=tuple(next(numbers) for _ in alike),
            is_changed=_file_key(first) in seen,
        )
