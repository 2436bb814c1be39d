"""Looks at one raw file before anything is written: its content's hash, header and oddities."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import LeadsError
from orchestration.landing.csv_text import physical_lines, read_records

_CHUNK = 1 << 22
# The engine drops blanks before an opening quote; read exactly, they make the quotes text.
_BLANK_BEFORE_QUOTE = re.compile(rb'[,\n][ \t]+"')
# No header holds these; other kinds of files begin with them.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class CsvSurvey:
    """What one pass over the bytes of a CSV file tells.

    Attributes:
        content_hash: SHA-256 of the bytes.
        columns: The header's names, trimmed, in lower case.
        lines: The number of physical lines.
        commas: The number of commas.
        has_quotes: Whether there is a quote anywhere.
        is_odd: Whether the file holds bytes that the engine reads in a way of its own.
    """

    content_hash: str
    columns: tuple[str, ...]
    lines: int
    commas: int
    has_quotes: bool
    is_odd: bool


def survey_csv(path: Path) -> CsvSurvey:
    """Read a CSV file once, without parsing it.

    Args:
        path: The file.

    Returns:
        What was seen.

    Raises:
        LeadsError: The file is empty, cannot be read, or is no UTF-8 text.
    """
    digest = hashlib.sha256()
    lines = commas = 0
    has_quotes = is_odd = False
    chunk = last = b""
    try:
        with path.open("rb") as file:
            # Whole lines, so that no pattern is cut in two.
            while chunk := file.read(_CHUNK) + file.readline():
                digest.update(chunk)
                lines += chunk.count(b"\n")
                commas += chunk.count(b",")
                has_quotes = has_quotes or b'"' in chunk
                is_odd = is_odd or _is_odd(chunk)
                last = chunk[-1:]
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror}") from error
    columns = _header(path)
    return CsvSurvey(
        content_hash=digest.hexdigest(),
        columns=columns,
        lines=lines + (last != b"\n"),
        commas=commas,
        has_quotes=has_quotes,
        # The engine takes the blank lines of a file with one column for rows.
        is_odd=is_odd or len(columns) == 1,
    )


def content_hash(path: Path) -> str:
    """Give the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def normal_name(name: str) -> str:
    """Give a column's name as declarations write it."""
    return name.strip().lower()


def _is_odd(chunk: bytes) -> bool:
    # Each look takes a second or so per gigabyte: the plain cases come first.
    if b"\0" in chunk or not (chunk.isascii() or _is_text(chunk)):
        return True
    if b"\r" in chunk and chunk.count(b"\r") != chunk.count(b"\r\n"):
        return True
    return b'"' in chunk and _BLANK_BEFORE_QUOTE.search(chunk) is not None


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _header(path: Path) -> tuple[str, ...]:
    with path.open("rb") as file:
        start = file.readline(_CHUNK)
    if not start.removeprefix(b"\xef\xbb\xbf"):
        raise _unreadable(path, "is empty, without even a header")
    if not _is_text(start) or _CONTROL.search(start):
        raise _unreadable(path, "is unreadable: no UTF-8 text")
    header = next(read_records(physical_lines(path)), None)
    if header is None or header.values is None:
        raise _unreadable(path, "is unreadable: no header")
    return tuple(normal_name(name) for name in header.values)


def _unreadable(path: Path, what: str) -> LeadsError:
    return LeadsError(
        f"{path.name} {what}",
        where=str(path),
        mend="export the table again as CSV in UTF-8, or take the file away",
    )
