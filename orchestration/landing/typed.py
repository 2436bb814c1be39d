"""The SQL from raw files to rows of a landed table: typed, keyed, dated, numbered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from orchestration.landing.declarations import SYNCED, Column, Table
from orchestration.landing.group import Group, incoming_sql
from orchestration.landing.sql import identifier, raw_column
from orchestration.landing.values import SQL_TYPES, bounded_sql, parsed_sql, text_sql

# What landing adds to every row, with its type.
LANDED = {
    "_key": "VARCHAR",
    "_occurred_at": "TIMESTAMP",
    "_version_at": "TIMESTAMP",
    "_synced_at": "TIMESTAMP",
    "_is_deleted": "BOOLEAN",
    "_row_hash": "UBIGINT",
    "_batch": "INTEGER",
    "_file_id": "INTEGER",
    "_row_number": "BIGINT",
}
_SYNCED_COLUMN = Column(SYNCED, "timestamp", SYNCED)


def landed_columns(table: Table) -> dict[str, str]:
    """Give the columns of a landed table with their SQL types, in order."""
    declared = {column.name: SQL_TYPES[column.data_type] for column in table.columns}
    return {**declared, **LANDED}


def row_hash_sql(table: Table, columns: Sequence[str] = ()) -> str:
    """Give the hash of a row's declared values.

    Args:
        table: The table.
        columns: The names of the raw columns, whose values count where none is declared; in the
            order of their names, as an export may reorder them.
    """
    declared = [identifier(column.name) for column in table.columns if column.name != SYNCED]
    raw = [
        # The ways of reading differ in blanks around values and in what is empty.
        f"nullif(trim(cast({raw_column(place)} as varchar)), '')"
        for name, place in sorted((name, place) for place, name in enumerate(columns))
        if name != SYNCED
    ]
    return f"hash({', '.join(declared or raw) or 'null'})"


def accepted_sql(table: Table) -> str:
    """Give the condition of a typed row that may land."""
    conditions = []
    if table.key:
        conditions.append("_key is not null")
    if table.is_occurrence_required:
        conditions.append("_occurred_at is not null")
    return " and ".join(conditions) or "true"


def typed_sql(group: Group, batch: int, earliest: date) -> str:
    """Give the rows of a group as `type_rows_sql` does."""
    incoming = incoming_sql(group)
    return type_rows_sql(group.table, group.columns, group.types, incoming, batch, earliest)


def type_rows_sql(
    table: Table,
    columns: Sequence[str],
    types: Sequence[str],
    incoming: str,
    batch: int,
    earliest: date,
) -> str:
    """Give raw rows typed and with what landing adds, those that will be refused included.

    Args:
        table: Their table.
        columns: The names of the raw columns.
        types: The engine's types of them.
        incoming: A query of `_raw_0` and on, `_file_id` and `_row_number`.
        batch: The number of this night.
        earliest: An occurrence before this day is impossible.

    Returns:
        A query of `landed_columns`, all of `incoming`, and `_is_time_stated`: whether a row gives
        any time of occurrence, possible or not.
    """
    texts: dict[int, str] = {}
    parsed, values, stated = [], [], []
    for number, column in enumerate((*table.columns, _SYNCED_COLUMN)):
        place = _place(columns, column)
        is_time = column.name in table.occurred_at
        value = f"cast(null as {SQL_TYPES[column.data_type]})"
        if place is not None:
            value = bounded_sql(column, f"_value_{number}", earliest if is_time else date.min)
            texts[place] = f"{text_sql(raw_column(place), types[place])} as _text_{place}"
            cast = parsed_sql(column, raw_column(place), types[place], f"_text_{place}")
            parsed.append(f"{cast} as _value_{number}")
            stated += [f"_text_{place}"] if is_time else []
        name = "_synced_at" if column is _SYNCED_COLUMN else identifier(column.name)
        values.append(f"{value} as {name}")
    return f"""
        select *,
            {_key_sql(table)} as _key,
            {_moment_sql(table, table.occurred_at)} as _occurred_at,
            {_moment_sql(table, table.version_at)} as _version_at,
            {_deleted_sql(table)} as _is_deleted,
            {row_hash_sql(table, columns)} as _row_hash,
            cast({batch} as integer) as _batch
        from (
            select *, {", ".join(values)},
                coalesce({", ".join([*stated, "null"])}) is not null as _is_time_stated
            from (
                select {", ".join(["*", *parsed])}
                from (select {", ".join(["*", *texts.values()])} from ({incoming}))
            )
        ) as typed"""


def at_places_sql(typed: str, places: str) -> str:
    """Give the typed rows at some places.

    Args:
        typed: Query of typed rows.
        places: Query of `_file_id` and `_row_number`.
    """
    return f"select * from ({typed}) as rows semi join ({places}) using (_file_id, _row_number)"


def bad_value_sql(group: Group) -> dict[str, str]:
    """Give, per raw column, the condition of a typed row whose value could not be read."""
    conditions = {}
    for column in (*group.table.columns, _SYNCED_COLUMN):
        place = _place(group.columns, column)
        if place is not None and column.data_type not in ("text", "salesforce_id"):
            landed = "_synced_at" if column is _SYNCED_COLUMN else identifier(column.name)
            # No native value is blank, and making text of all of them costs more than landing.
            stated = "_text_" if group.types[place] == "VARCHAR" else "_raw_"
            conditions[column.name] = f"{landed} is null and {stated}{place} is not null"
    return conditions


def _named(table: Table, names: Sequence[str]) -> list[Column]:
    columns = {column.name: column for column in table.columns}
    return [columns[name] for name in names]


def _key_sql(table: Table) -> str:
    """Joins the values of the first alternative that is complete; `||` is null where one is."""
    keys = [
        " || '|' || ".join(f"cast({identifier(name)} as varchar)" for name in names)
        for names in table.key
    ]
    return f"cast(coalesce({', '.join([*keys, 'null'])}) as varchar)"


def _moment_sql(table: Table, names: Sequence[str]) -> str:
    moments = [
        f"midnight({identifier(column.name)})"
        if column.data_type == "date"
        else identifier(column.name)
        for column in _named(table, names)
    ]
    return f"cast(coalesce({', '.join([*moments, 'null'])}) as timestamp)"


def _deleted_sql(table: Table) -> str:
    marks = [f"coalesce({identifier(name)}, false)" for name in table.deleted]
    return " or ".join(marks) or "false"


def _place(columns: Sequence[str], column: Column) -> int | None:
    """Returns the place of the raw column that a declared one is read from, if it is there."""
    if column.raw_name is None or column.raw_name not in columns:
        return None
    return columns.index(column.raw_name)
