"""The rows of a seed, typed as declared."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from orchestration.rules.declarations import DataType, Seed
from orchestration.rules.problems import Problem

SeedRow = dict[str, Any]
"""A row by column: str, int, float, bool or date as declared, None where the cell is empty."""

_WHOLE_NUMBER = re.compile(r"[+-]?\d+", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True)
class Record:
    """A row with the line of the file on which it starts."""

    line: int
    row: SeedRow


@dataclass
class SeedTable:
    """A seed with its rows and with what was wrong while reading them."""

    seed: Seed
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(
        self, what: str, mend: str, *, line: int | None = None, column: str | None = None
    ) -> Problem:
        """A problem of this seed."""
        return Problem(self.seed.file, what, mend, line=line, column=column)


def holds_on(row: SeedRow, day: date) -> bool:
    """Whether a row that is valid for a time holds on a day; `valid_to` itself is outside."""
    return bool((row["valid_from"] or date.min) <= day < (row["valid_to"] or date.max))


def read_table(root: Path, seed: Seed) -> SeedTable:
    """Read a seed's CSV; what cannot be read becomes a problem, and its cell or row is left out.

    Args:
        root: The project's root.
        seed: The declaration.

    Returns:
        The rows whose shape fits, each with its typed values.
    """
    table = SeedTable(seed)
    path = root / seed.file
    if not path.is_file():
        mend = f"add the file, or delete the seed in {seed.declared_in}"
        table.problems.append(table.problem("the seed is declared but has no file", mend))
        return table
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        table.problems.append(table.problem(f"not UTF-8: {error}", "save the file as UTF-8"))
        return table
    lines = _lines(text)
    _, header = next(lines, (1, []))
    table.problems.extend(_header_problems(table, header))
    if table.problems:
        return table
    for line, cells in lines:
        if len(cells) != len(header):
            what = f"{len(cells)} values where the header has {len(header)}"
            mend = "give every column a value, quoted where it holds a comma"
            table.problems.append(table.problem(what, mend, line=line))
        else:
            table.records.append(
                Record(line, _typed(table, line, dict(zip(header, cells, strict=True))))
            )
    return table


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV with the physical line on which each starts; empty lines are none."""
    reader = csv.reader(io.StringIO(text, newline=""))
    start = 1
    for cells in reader:
        if cells:
            yield start, cells
        start = reader.line_num + 1


def _header_problems(table: SeedTable, header: list[str]) -> Iterator[Problem]:
    declared = [column.name for column in table.seed.columns]
    for name in dict.fromkeys(name for name in header if header.count(name) > 1):
        yield table.problem("the column stands there twice", "delete one", line=1, column=name)
    for name in header:
        if name not in declared:
            mend = f"delete it, or declare it in {table.seed.declared_in}"
            yield table.problem("unknown column", mend, line=1, column=name)
    for name in declared:
        if name not in header:
            yield table.problem("missing column", "add it to the header", line=1, column=name)


def _typed(table: SeedTable, line: int, cells: dict[str, str]) -> SeedRow:
    row: SeedRow = {}
    for column in table.seed.columns:
        cell = cells[column.name]
        row[column.name] = None
        # dbt loads cells as they stand, so a stray space would be part of the value there.
        if cell != cell.strip():
            what, mend = f"{cell!r} has spaces around it", "delete the spaces"
        elif not cell:
            continue
        else:
            try:
                row[column.name] = _PARSERS[column.data_type](cell)
                continue
            except ValueError:
                what, mend = f"{cell!r} is no {column.data_type}", _MENDS[column.data_type]
        table.problems.append(table.problem(what, mend, line=line, column=column.name))
    return row


def _integer(cell: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(cell):
        raise ValueError
    return int(cell)


def _double(cell: str) -> float:
    number = float(cell)
    if not math.isfinite(number) or "_" in cell:
        raise ValueError
    return number


def _boolean(cell: str) -> bool:
    if cell not in _BOOLEANS:
        raise ValueError
    return _BOOLEANS[cell]


def _date(cell: str) -> date:
    if not _DAY.fullmatch(cell):
        raise ValueError
    return date.fromisoformat(cell)


_PARSERS: dict[DataType, Callable[[str], Any]] = {
    "text": str,
    "integer": _integer,
    "double": _double,
    "boolean": _boolean,
    "date": _date,
}
_MENDS: dict[DataType, str] = {
    "text": "write text",
    "integer": "write a whole number such as 15",
    "double": "write a number such as 0.5",
    "boolean": "write true or false",
    "date": "write a day such as 2026-04-01",
}
