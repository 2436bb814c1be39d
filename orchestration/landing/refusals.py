"""Rows that do not land, and the raw text of single rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice

import duckdb
import pyarrow as pa

from orchestration.landing.csv_text import physical_lines
from orchestration.landing.declarations import Table
from orchestration.landing.group import Group
from orchestration.landing.sql import literal, raw_column

# Why a typed row does not land, as SQL.
REASON = """case when _key is null then 'missing_key'
    when _is_time_stated then 'impossible_time' else 'missing_time' end"""
_RAW_ROW = pa.schema(
    [
        ("path", pa.string()),
        ("row_number", pa.int64()),
        ("reason", pa.string()),
        ("occurred_at", pa.timestamp("us")),
        ("payload", pa.string()),
    ]
)


@dataclass(frozen=True)
class RawRow:
    """A row as it lies in its file.

    Attributes:
        path: The file.
        row_number: The physical line it starts at.
        reason: Why it does not land.
        occurred_at: When it occurred, naive UTC, if it says so.
        payload: Its raw text; JSON where the file is no text.
    """

    path: str
    row_number: int
    reason: str
    occurred_at: datetime | None
    payload: str


def raw_rows(connection: duckdb.DuckDBPyConnection, group: Group, typed: str) -> list[RawRow]:
    """Give the raw text of some rows of a group.

    Args:
        connection: The warehouse.
        group: The files.
        typed: Query of the group's typed rows to give.

    Returns:
        The rows, by file and row number.
    """
    is_text = group.arrivals[0].file.form == "csv"
    names = zip(group.columns, map(raw_column, range(len(group.columns))), strict=True)
    json = ", ".join(f"{literal(name)}: {column}" for name, column in dict(names).items())
    found = connection.execute(
        f"""
        select _file_id, _row_number, _line_count, {REASON}, _occurred_at,
            {"null" if is_text else f"cast(to_json({{{json}}}) as varchar)"}
        from ({typed}) as rows
        order by _file_id, _row_number
        """
    ).fetchall()
    by_file = defaultdict(list)
    for file_id, *row in found:
        by_file[file_id].append(row)
    rows = []
    for arrival, file_id in zip(group.arrivals, group.file_ids, strict=True):
        spans = by_file[file_id]
        lines = enumerate(physical_lines(arrival.file.location), 1) if is_text and spans else None
        for row_number, line_count, reason, occurred_at, json_text in spans:
            text = (line for number, line in lines or () if number >= row_number)
            payload = json_text or "".join(islice(text, line_count)).rstrip("\r\n")
            rows.append(RawRow(arrival.file.path, row_number, reason, occurred_at, payload))
    return rows


def refuse(
    connection: duckdb.DuckDBPyConnection, group: Group, typed: str | None, batch: int
) -> None:
    """Keep the raw text of the lines and rows that may not land.

    Of a file that landed before, only what is more than was refused of it then is kept.

    Args:
        connection: The warehouse, within the transaction of the night.
        group: The files.
        typed: Query of the group's typed rows that may not land; None where there are none.
        batch: The number of this night.
    """
    rows = [
        RawRow(arrival.file.path, line.row_number, "broken_line", None, line.text)
        for arrival in group.arrivals
        for line in arrival.broken
    ]
    if typed:
        rows += raw_rows(connection, group, typed)
    rows.sort(key=lambda row: (row.path, row.row_number))
    if group.is_changed:
        rows = _without(rows, _kept(connection, group))
    if rows:
        keep(connection, "refused_rows", group.table, rows, batch)


def keep(
    connection: duckdb.DuckDBPyConnection,
    kept_in: str,
    table: Table,
    rows: Iterable[RawRow],
    batch: int,
) -> None:
    """Write raw rows to `refused_rows` or `row_payloads` of the control schema."""
    kept = pa.Table.from_pylist([asdict(row) for row in rows], _RAW_ROW)  # noqa: F841 (see below)
    said = "reason" if kept_in == "refused_rows" else "occurred_at"
    # The engine finds `kept` by its name.
    connection.execute(
        f"""
        insert into control.{kept_in}
        by name select ? as connector, ? as table_name, path as file, row_number, {said}, payload,
            ? as batch
        from kept
        """,
        [*table.key_of, batch],
    )


def _kept(connection: duckdb.DuckDBPyConnection, group: Group) -> Counter[tuple[str, str]]:
    rows = connection.execute(
        """
        select file, payload from control.refused_rows where connector = ? and table_name = ?
        """,
        group.table.key_of,
    ).fetchall()
    return Counter((path, payload) for path, payload in rows)


def _without(rows: Iterable[RawRow], kept: Counter[tuple[str, str]]) -> list[RawRow]:
    """Returns the rows that are more than those kept, copies counted."""
    left = Counter(kept)
    new = []
    for row in rows:
        if left[row.path, row.payload] > 0:
            left[row.path, row.payload] -= 1
        else:
            new.append(row)
    return new
