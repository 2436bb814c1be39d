"""Files that are read by one query, and the SQL that reads them."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.landing.arrivals import Arrival
from orchestration.landing.declarations import Table
from orchestration.landing.sql import count_sql, csv_sql, parquet_sql, raw_column


@dataclass(frozen=True)
class Group:
    """Files of one table that are read by one query, as they are shaped alike.

    Attributes:
        table: Their table.
        arrivals: The files.
        file_ids: Their numbers in `control.landed_files`.
        is_changed: Whether rows of these paths landed before.
    """

    table: Table
    arrivals: tuple[Arrival, ...]
    file_ids: tuple[int, ...]
    is_changed: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the raw columns."""
        return self.arrivals[0].columns

    @property
    def types(self) -> tuple[str, ...]:
        """The engine's types of the raw columns."""
        return self.arrivals[0].types


def incoming_sql(group: Group) -> str:
    """Give the raw rows of a group.

    Args:
        group: The files.

    Returns:
        A query of `_raw_0` and on, `_file_id`, `_row_number` and `_line_count`.
    """
    first = group.arrivals[0]
    width = len(first.columns)
    names = ", ".join(raw_column(position) for position in range(width))
    paths = [arrival.source for arrival in group.arrivals]
    if first.reading == "csv":
        breaks = count_sql("chr(10)", width) if first.breaks else "0"
        before = f"sum({breaks}) over (rows between unbounded preceding and current row)"
        rows = f"""
            select *, cast(file_index as integer) as _file, 1 + {breaks} as _line_count,
                row_number() over () {f"+ {before} - {breaks}" if first.breaks else ""} as _place
            from {csv_sql(paths, width)}"""
    elif first.reading == "rewritten":
        rows = f"""
            select *, cast(file_index as integer) as _file, _row_number as _place
            from {parquet_sql(paths)}"""
    elif first.reading == "parquet":
        rows = f"""
            select *, cast(file_index as integer) as _file, 1 as _line_count,
                file_row_number + 1 as _place
            from {parquet_sql(paths)} as raw ({names})"""
    else:
        rows = f"""
            select *, 0 as _file, 1 as _line_count, row_number() over () as _place
            from {first.source} as raw ({names})"""
    return f"""
        select {names}, _file_id, cast(_place - _before as bigint) as _row_number, _line_count
        from ({rows}) as rows
        join (values {_files_sql(group)}) as files (_file, _file_id, _before) using (_file)"""


def _files_sql(group: Group) -> str:
    """Gives position, number and the places before it of each file; row 1 is the header."""
    rows = []
    before = 0
    for position, (arrival, file_id) in enumerate(zip(group.arrivals, group.file_ids, strict=True)):
        if arrival.reading == "csv":
            rows.append((position, file_id, before - 1))
            before += arrival.rows + arrival.breaks
        else:
            rows.append((position, file_id, 0 if arrival.reading == "rewritten" else -1))
    return ", ".join(map(str, rows))
