"""What the connectors' source files declare: tables, columns, keys and times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args
from zoneinfo import available_timezones

from orchestration.landing.source_files import (
    ColumnShape,
    DataType,
    Place,
    TableShape,
    read_tables,
    read_yaml,
)
from orchestration.landing.sql import identifier

DATA_TYPES: tuple[str, ...] = get_args(DataType)
SYNCED = "_fivetran_synced"


@dataclass(frozen=True)
class Column:
    """A declared column.

    Attributes:
        name: Its name in the landed table.
        data_type: One of DATA_TYPES.
        raw_name: Its name in the raw files, lower case; None for a custom field not in use.
        is_required: Whether a raw file without it is refused.
        text: The kinds of text it holds, to be normalised.
        text_of: The column that names what a row's value is, and the names whose values are text
            of these kinds; None where every row's is.
    """

    name: str
    data_type: DataType
    raw_name: str | None
    is_required: bool = False
    text: tuple[str, ...] = ()
    text_of: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Table:
    """A raw table of a connector: what its rows hold and how they are told apart.

    Attributes:
        connector: The connector's name, such as `salesforce`.
        name: The table's name in the raw files and in the landed schema.
        columns: The declared columns; none for a table that no model reads.
        key: Alternatives; the first whose columns all hold a value makes a row's key.
        version_at: The first with a value says when the row's version was made.
        occurred_at: The first with a value says when the row counts.
        is_occurrence_required: Whether a row without a possible time is refused.
        deleted: The row is deleted where any of these is true.
        is_required: Whether the connector stops without this table.
        is_declared: False for a table that is only counted.
    """

    connector: str
    name: str
    columns: tuple[Column, ...] = ()
    key: tuple[tuple[str, ...], ...] = ()
    version_at: tuple[str, ...] = ()
    occurred_at: tuple[str, ...] = ()
    is_occurrence_required: bool = False
    deleted: tuple[str, ...] = ()
    is_required: bool = False
    is_declared: bool = True

    @property
    def schema(self) -> str:
        """The landed schema of the connector."""
        return f"landed_{self.connector}"

    @property
    def key_of(self) -> tuple[str, str]:
        """What tells the table from others: connector and name."""
        return self.connector, self.name

    @property
    def relation(self) -> str:
        """The landed table as a quoted identifier."""
        return identifier(self.schema, self.name)

    @property
    def label(self) -> str:
        """How people name the table: `connector.table`."""
        return f"{self.connector}.{self.name}"


@dataclass(frozen=True)
class Project:
    """The declared tables of all connectors and the settings that landing needs.

    Attributes:
        connectors: The tables by connector and name.
        time_zone: The zone whose midnight a mere date means.
        earliest_date: An occurrence before this day is impossible.
    """

    connectors: Mapping[str, Mapping[str, Table]]
    time_zone: str
    earliest_date: date


def read_project(root: Path) -> Project:
    """Read `dbt_project.yml` and every `models/staging/<connector>/_<connector>__sources.yml`.

    Args:
        root: The project's folder.

    Returns:
        The declarations; a connector is known exactly if it has such a file.

    Raises:
        LeadsError: A file is missing, is no YAML, or declares what cannot be meant.
    """
    settings = Place(root / "dbt_project.yml")
    variables = read_yaml(settings).get("vars", {})
    paths = sorted((root / "models" / "staging").glob("*/_*__sources.yml"))
    connectors = {
        path.parent.name: _tables(Place(path, variables), path.parent.name)
        for path in paths
        if path.name == f"_{path.parent.name}__sources.yml"
    }
    zone = str(variables.get("time_zone", "Asia/Tokyo"))
    if zone not in available_timezones():
        raise settings.error(f"time_zone '{zone}' is no time zone", "write it as Asia/Tokyo")
    try:
        earliest = date.fromisoformat(str(variables.get("earliest_date", "1990-01-01")))
    except ValueError as error:
        raise settings.error(
            f"earliest_date '{variables['earliest_date']}' is no day", "write it as 1990-01-01"
        ) from error
    return Project(connectors, zone, earliest)


def _tables(place: Place, connector: str) -> dict[str, Table]:
    return {table.name: _table(place, connector, table) for table in read_tables(place, connector)}


def _table(place: Place, connector: str, table: TableShape) -> Table:
    meta = table.config.meta
    columns = tuple(_column(place, column) for column in table.columns)
    types = {column.name: column.data_type for column in columns}
    if len(types) != len(columns):
        raise place.error(f"{table.name} declares a column twice", "keep one of them")
    if not any(meta.key):
        raise place.error(f"{table.name} names no key", "name the columns that tell rows apart")
    for role, names, allowed in (
        ("key", [name for alternative in meta.key for name in alternative], DATA_TYPES),
        ("version_at", meta.version_at, ("timestamp", "date")),
        ("occurred_at", meta.occurred_at, ("timestamp", "date")),
        ("deleted", meta.deleted, ("boolean",)),
    ):
        for name in names:
            if types.get(name) not in allowed:
                raise place.error(
                    f"{role} of {table.name} names '{name}', which is no declared column"
                    f" of type {' or '.join(allowed)}",
                    "declare the column or take it out",
                )
    return Table(
        connector=connector,
        name=table.name,
        columns=columns,
        key=tuple(tuple(names) for names in meta.key),
        version_at=tuple(meta.version_at),
        occurred_at=tuple(meta.occurred_at),
        is_occurrence_required=meta.is_occurrence_required,
        deleted=tuple(meta.deleted),
        is_required=meta.is_required,
    )


def _column(place: Place, column: ColumnShape) -> Column:
    meta = column.config.meta
    raw_name: str | None = column.name
    if meta.custom_field is not None:
        raw_name = _custom_name(place, column.name, meta.custom_field)
    text_of = None
    if meta.text_of is not None:
        custom = [_custom_name(place, column.name, var) for var in meta.text_of.custom_fields]
        names = [name.removeprefix(meta.text_of.custom_prefix) for name in custom if name]
        text_of = meta.text_of.column, (*meta.text_of.names, *names)
    return Column(
        column.name, column.data_type, raw_name, meta.is_required, tuple(meta.text), text_of
    )


def _custom_name(place: Place, column: str, variable: str) -> str | None:
    """The name of a custom field; None for one that is not in use."""
    if variable not in place.variables:
        raise place.error(
            f"the custom field {column} is named by the var {variable},"
            " which dbt_project.yml does not have",
            "add the var; leave it empty where the field is not in use",
        )
    return str(place.variables[variable] or "").strip().lower() or None
