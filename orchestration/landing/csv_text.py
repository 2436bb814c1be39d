"""Reads CSV files the exact way: physical lines, records, and what is broken.

A physical line ends with a line feed (or, in a file without any, with a carriage return). Blank
lines are no records.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# A quote that is never closed swallows the lines behind it; no honest value is this long.
MOST_LINES = 100
_BOM = "\ufeff"


@dataclass(frozen=True)
class Record:
    """A row of a CSV file.

    Attributes:
        row_number: The physical line it starts at; the header's is 1.
        line_count: How many physical lines it spans.
        values: Its fields, or None where they are not as many as the header's.
        text: The raw line where `values` is None.
    """

    row_number: int
    line_count: int
    values: list[str] | None
    text: str = ""


def physical_lines(path: Path) -> Iterator[str]:
    """Give the physical lines of a file, whatever its bytes are.

    Args:
        path: The file. Bytes that are no UTF-8 become U+FFFD; null bytes and the byte order mark
            go.

    Yields:
        Each line with its end.
    """
    with path.open("rb") as file:
        start = file.readline(1 << 20)
        file.seek(0)
        lines: Iterable[bytes] = file
        if b"\r" in start and b"\n" not in start:
            lines = io.BytesIO(file.read().replace(b"\r", b"\n"))
        for number, line in enumerate(lines):
            text = line.decode("utf-8", errors="replace").replace("\0", "")
            yield text.removeprefix(_BOM) if number == 0 else text


def read_records(lines: Iterable[str]) -> Iterator[Record]:
    """Split the lines of a CSV file into records.

    A record of more than MOST_LINES lines, of another number of fields than the header, or whose
    quote is never closed is taken apart: each of its lines that has the right number of fields
    alone is a record, the others are broken.

    Args:
        lines: The physical lines with their ends.

    Yields:
        The header, then the records in the order of the file.
    """
    # The limit is the process's own; a note may be longer than the default of 128 KiB.
    csv.field_size_limit(sys.maxsize)
    source = _Lines(lines)
    reader = csv.reader(source)
    width = 0
    while True:
        source.taken.clear()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except (_TooLongError, csv.Error) as error:
            reader = csv.reader(source)
            yield from _alone(source, width)
            if isinstance(error, _TooLongError):
                yield from _rest_alone(source, width)
            continue
        if source.is_over or (width and fields and len(fields) != width):
            yield from _alone(source, width)
        elif fields:
            width = width or len(fields)
            yield Record(source.number - len(source.taken) + 1, len(source.taken), fields)


class _TooLongError(Exception):
    """A record goes on behind its last permitted line."""


class _Lines:
    """Hands out physical lines and remembers those of the record under way."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.number = 0
        self.taken: list[str] = []
        self.is_over = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise _TooLongError
        try:
            line = next(self._lines)
        except StopIteration:
            self.is_over = True
            raise
        self.number += 1
        self.taken.append(line)
        return line


def _alone(source: _Lines, width: int) -> Iterator[Record]:
    """Yields a record for each line taken, blank ones apart."""
    first = source.number - len(source.taken) + 1
    for row_number, line in enumerate(source.taken, start=first):
        text = line.rstrip("\r\n")
        try:
            fields = next(csv.reader([text]), [])
        except csv.Error:
            fields = [text]
        if fields:
            values = fields if len(fields) == width else None
            yield Record(row_number, 1, values, "" if values else text)


def _rest_alone(source: _Lines, width: int) -> Iterator[Record]:
    """Yields what is left of a record that was too long, without holding it as a whole."""
    is_open = True
    while is_open:
        source.taken.clear()
        line = next(source, None)
        if line is None:
            return
        yield from _alone(source, width)
        is_open = _stays_quoted(line)


def _stays_quoted(line: str) -> bool:
    """Tells whether a quote that was open before the line is open after it."""
    asked_on = False

    def quoted() -> Iterator[str]:
        nonlocal asked_on
        yield f'"{line}'
        asked_on = True

    try:
        next(csv.reader(quoted()), None)
    except csv.Error:
        return False
    return asked_on
