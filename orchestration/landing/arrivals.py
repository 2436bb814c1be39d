"""Looks into the files that are new or changed and decides how each is read.

The engine reads a CSV file fast, but a dirty one in its own way. It is trusted only where every
line and every comma of the file is found again in what it read; any other file is read the exact
way and rewritten once, as Parquet, into a scratch folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

import duckdb

from orchestration.errors import LeadsError
from orchestration.landing.csv_text import MOST_LINES, Record
from orchestration.landing.files import RawFile
from orchestration.landing.rewritten import rewrite_csv
from orchestration.landing.sql import count_sql, csv_sql, identifier, parquet_sql
from orchestration.landing.survey import CsvSurvey, content_hash, normal_name, survey_csv

Reading = Literal["csv", "rewritten", "parquet", "table"]
_Surveyed = tuple[RawFile, CsvSurvey]


@dataclass(frozen=True)
class Arrival:
    """A file that is new or changed, ready to land.

    Attributes:
        file: The file.
        content_hash: Says whether its content changed.
        columns: The names of its columns, trimmed, in lower case, in order.
        types: The engine's type of each column.
        rows: The number of rows that will be read; broken lines apart.
        reading: How it is read.
        source: SQL identifier of a loaded table, else the path of what is read.
        breaks: The number of line feeds within values, where `reading` is csv.
        broken: The lines that are no rows.
    """

    file: RawFile
    content_hash: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: int
    reading: Reading
    source: str
    breaks: int = 0
    broken: tuple[Record, ...] = ()


def look_into(
    files: Sequence[RawFile], connection: duckdb.DuckDBPyConnection, scratch: Path
) -> list[Arrival]:
    """Learn what must be known of each file before anything is written.

    Args:
        files: The files that are new or may have changed.
        connection: A connection outside any transaction: a file that the engine cannot read
            would abort it.
        scratch: An existing folder for rewritten files.

    Returns:
        The arrivals, in the order of the files.

    Raises:
        LeadsError: A file is empty, cannot be read, or is no UTF-8 text.
    """
    arrivals = {
        file: _parquet(file, connection) if file.form == "parquet" else _loaded(file, connection)
        for file in files
        if file.form != "csv"
    }
    surveyed = [(file, survey_csv(file.location)) for file in files if file.form == "csv"]
    trusted = [item for item in surveyed if not item[1].is_odd]
    for _, alike in groupby(sorted(trusted, key=_shape), key=_shape):
        arrivals |= {arrival.file: arrival for arrival in _read_fast(list(alike), connection)}
    for number, (file, survey) in enumerate(surveyed):
        if file not in arrivals:
            target = scratch / f"{number}.parquet"
            rows, broken = rewrite_csv(file.location, len(survey.columns), target)
            arrivals[file] = _arrival(file, survey, rows, "rewritten", str(target), broken=broken)
    return [arrivals[file] for file in files]


def _shape(surveyed: _Surveyed) -> tuple[int, bool]:
    return len(surveyed[1].columns), surveyed[1].has_quotes


def _read_fast(
    surveyed: Sequence[_Surveyed], connection: duckdb.DuckDBPyConnection
) -> Iterator[Arrival]:
    """Yields the arrivals of those files that the engine reads exactly."""
    width, has_quotes = _shape(surveyed[0])
    breaks = count_sql("chr(10)", width) if has_quotes else "0"
    commas = count_sql("','", width) if has_quotes else "0"
    try:
        found = connection.execute(
            f"""
            select file_index, count(*), sum(breaks), sum(commas), max(breaks)
            from (
                select file_index, {breaks} as breaks, {commas} as commas
                from {csv_sql([str(file.location) for file, _ in surveyed], width)}
            )
            group by file_index
            """
        ).fetchall()
    except duckdb.Error:
        half = len(surveyed) // 2
        if half:
            yield from _read_fast(surveyed[:half], connection)
            yield from _read_fast(surveyed[half:], connection)
        return
    counts = {index: tuple(map(int, numbers)) for index, *numbers in found}
    for index, (file, survey) in enumerate(surveyed):
        rows, breaks_within, commas_within, most_breaks = counts.get(index, (0, 0, 0, 0))
        if (
            survey.lines == 1 + rows + breaks_within
            and survey.commas == (width - 1) * (1 + rows) + commas_within
            and most_breaks < MOST_LINES
        ):
            yield _arrival(file, survey, rows, "csv", str(file.location), breaks=breaks_within)


def _arrival(
    file: RawFile,
    survey: CsvSurvey,
    rows: int,
    reading: Reading,
    source: str,
    *,
    breaks: int = 0,
    broken: tuple[Record, ...] = (),
) -> Arrival:
    return Arrival(
        file=file,
        content_hash=survey.content_hash,
        columns=survey.columns,
        types=("VARCHAR",) * len(survey.columns),
        rows=rows,
        reading=reading,
        source=source,
        breaks=breaks,
        broken=broken,
    )


def _parquet(file: RawFile, connection: duckdb.DuckDBPyConnection) -> Arrival:
    source = parquet_sql([str(file.location)])
    try:
        columns, types = _describe(source, connection)
        rows = _scalar(f"select count(*) from {source}", connection)
    except duckdb.Error as error:
        raise LeadsError(
            f"{file.location.name} is unreadable: {str(error).splitlines()[0]}",
            where=str(file.location),
            mend="export the table again as Parquet, or take the file away",
        ) from error
    return Arrival(
        file,
        content_hash(file.location),
        columns,
        types,
        int(str(rows)),
        "parquet",
        str(file.location),
    )


def _loaded(file: RawFile, connection: duckdb.DuckDBPyConnection) -> Arrival:
    source = identifier(*file.location.parts)
    columns, types = _describe(source, connection)
    # Row order does not count: a sum and a count of the rows' hashes tell any change of content.
    content = _scalar(
        f"select count(*) || ' rows ' || coalesce(sum(hash(raw)), 0) from {source} as raw",
        connection,
    )
    rows = int(str(content).split(" ", maxsplit=1)[0])
    return Arrival(file, str(content), columns, types, rows, "table", source)


def _describe(
    source: str, connection: duckdb.DuckDBPyConnection
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    described = connection.execute(f"describe select * from {source}").fetchall()
    return tuple(normal_name(row[0]) for row in described), tuple(row[1] for row in described)


def _scalar(query: str, connection: duckdb.DuckDBPyConnection) -> object:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
