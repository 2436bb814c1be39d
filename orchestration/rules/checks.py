"""The rules a seed declares, held against its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from orchestration.rules.declarations import ColumnMeta
from orchestration.rules.problems import Problem
from orchestration.rules.reading import Record, SeedTable

# Look-around, atomic and conditional groups, and references to groups, where not escaped.
_PYTHON_ONLY = re.compile(
    r"(?<!\\)(?:\\\\)*(?P<part>\(\?<?[=!]|\(\?>|\(\?\(|\(\?P=|\\[1-9])", re.ASCII
)


def check_table(table: SeedTable) -> Iterator[Problem]:
    """Hold the rows of one seed against the rules it declares.

    Args:
        table: The seed with its rows.

    Yields:
        What is wrong, by row.
    """
    for record in table.records:
        for column in table.seed.columns:
            for what, mend in _flaws(column.meta, record.row[column.name]):
                yield table.problem(what, mend, line=record.line, column=column.name)
    yield from _repetitions(table)
    if table.seed.meta.valid_per is not None:
        yield from _overlaps(table, table.seed.meta.valid_per)


def check_references(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """Look up every value of a column that references another seed's column.

    Args:
        tables: All seeds by name.

    Yields:
        Values that are not found there.
    """
    for table in tables.values():
        for column in table.seed.columns:
            if column.meta.references is None:
                continue
            name, _, referenced = column.meta.references.partition(".")
            known = {record.row[referenced] for record in tables[name].records}
            for record in table.records:
                value = record.row[column.name]
                members = [] if value is None else column.meta.members(value)
                for member in (one for one in members if one not in known):
                    what = f"{member!r} is unknown in {column.meta.references}"
                    mend = f"use a value that {tables[name].seed.file} has, or add it there"
                    yield table.problem(what, mend, line=record.line, column=column.name)


def _flaws(rules: ColumnMeta, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """What is wrong with one value, and how to mend it."""
    if value is None:
        if rules.is_required:
            yield "empty", "give it a value"
        return
    for member in rules.members(value) if rules.accepted else ():
        if member not in rules.accepted:
            yield f"{member!r} is not accepted", f"use one of {', '.join(map(str, rules.accepted))}"
    bounds: tuple[tuple[Any, Callable[[Any], bool], str], ...] = (
        (rules.min, lambda bound: value >= bound, "at least"),
        (rules.max, lambda bound: value <= bound, "at most"),
        (rules.above, lambda bound: value > bound, "more than"),
    )
    for bound, holds, wording in bounds:
        if bound is not None and not holds(bound):
            yield f"{value} is out of bounds", f"it must be {wording} {bound}"
    if rules.is_pattern or rules.is_python_pattern:
        try:
            re.compile(value)
        except re.error as error:
            yield f"{value!r} is no regular expression: {error}", "correct the pattern"
    if rules.is_pattern and (part := _PYTHON_ONLY.search(value)):
        what = f"{value!r} looks around or refers back, which SQL engines cannot"
        yield what, f"say it without {part['part']}, for example by a rule placed before"


def _repetitions(table: SeedTable) -> Iterator[Problem]:
    every_column = tuple(column.name for column in table.seed.columns)
    for columns in (every_column, *table.seed.meta.unique):
        seen: dict[tuple[Any, ...], int] = {}
        for record in table.records:
            values = tuple(record.row[name] for name in columns)
            first = seen.setdefault(values, record.line)
            if first == record.line:
                continue
            if columns == every_column:
                what = f"the same row as row {first}"
            else:
                what = f"the same {', '.join(columns)} {_shown(values)} as row {first}"
            yield table.problem(what, "delete or change one of the two", line=record.line)


def _overlaps(table: SeedTable, columns: tuple[str, ...]) -> Iterator[Problem]:
    """Rows that end before they start, and rows of one key valid on the same day, or on none."""
    newest: dict[tuple[Any, ...], tuple[date, Record]] = {}
    for record in sorted(table.records, key=lambda record: (_span(record), record.line)):
        valid_from, valid_to = _span(record)
        if valid_from >= valid_to:
            what = f"valid from {valid_from} to {valid_to}, which is no day"
            yield table.problem(
                what, "let valid_to be after valid_from", line=record.line, column="valid_to"
            )
            continue
        key = tuple(record.row[name] for name in columns)
        covered_to, former = newest.get(key, (date.min, record))
        if valid_from < covered_to:
            of_key = f" for {_shown(key)}" if key else ""
            what = f"valid at the same time as row {former.line}{of_key}"
            mend = "end the earlier row with valid_to on the day this one starts"
            yield table.problem(what, mend, line=record.line, column="valid_from")
        elif valid_from > covered_to and table.seed.meta.is_gapless:
            what = f"nothing holds before {valid_from}"
            mend = "let it start where the row before ends, the first one empty"
            yield table.problem(what, mend, line=record.line, column="valid_from")
        if valid_to >= covered_to:
            newest[key] = (valid_to, record)
    for covered_to, last in newest.values():
        if covered_to < date.max and table.seed.meta.is_gapless:
            what = f"nothing holds from {covered_to} on"
            mend = "leave the valid_to of the last row empty"
            yield table.problem(what, mend, line=last.line, column="valid_to")


def _span(record: Record) -> tuple[date, date]:
    return record.row["valid_from"] or date.min, record.row["valid_to"] or date.max


def _shown(values: tuple[Any, ...]) -> str:
    return ", ".join(repr(value) if isinstance(value, str) else str(value) for value in values)
