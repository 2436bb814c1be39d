"""Changes raw files, and cuts them into the files of several nights."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path

# What tells when a version of a record came to be and to us.
MOMENTS = ("last_modified_date", "system_modstamp", "_fivetran_synced")


def records(text: str) -> Iterator[str]:
    """The records of a CSV file as they stand in it; a quoted one may go over several lines."""
    record = ""
    for line in text.splitlines(keepends=True):
        record += line
        if record.count('"') % 2 == 0:
            yield record
            record = ""
    if record:
        yield record


def scatter(raw: Path, target: Path, nights: int, seed: int) -> list[Path]:
    """Deal the records of every raw file out to nights at random.

    Args:
        raw: Folder of raw tables, one file each.
        target: Receives a folder of raw tables per night.
        nights: How many.
        seed: Of the dealing.

    Returns:
        The folders of the nights.
    """
    dealer = random.Random(seed)  # noqa: S311
    return _deal(raw, target, nights, lambda header, row: dealer.randrange(nights))


def scatter_by_time(raw: Path, target: Path, evenings: Sequence[str]) -> list[Path]:
    """Give each night the records that were synchronised up to its evening.

    Args:
        raw: Folder of raw tables, one file each.
        target: Receives a folder of raw tables per night.
        evenings: The ends of the nights in ISO 8601, ascending; the last one gets the rest.

    Returns:
        The folders of the nights.
    """

    def night_of(header: str, row: str) -> int:
        values = dict(zip(next(csv.reader([header])), next(csv.reader([row]), []), strict=False))
        synced = values.get("_fivetran_synced") or ""
        return sum(synced > evening for evening in evenings[:-1])

    return _deal(raw, target, len(evenings), night_of)


def _deal(raw: Path, target: Path, nights: int, night_of: Callable[[str, str], int]) -> list[Path]:
    folders = [target / f"night_{number}" for number in range(nights)]
    for file in sorted(raw.glob("*/*.csv")):
        header, *rows = records(file.read_text(encoding="utf-8"))
        hands: list[list[str]] = [[] for _ in folders]
        for row in rows:
            hands[night_of(header, row)].append(row if row.endswith("\n") else row + "\n")
        for number, (folder, hand) in enumerate(zip(folders, hands, strict=True)):
            dealt = folder / file.parent.name / file.stem / f"{number}.csv"
            dealt.parent.mkdir(parents=True, exist_ok=True)
            dealt.write_text(header + "".join(hand), encoding="utf-8")
    return folders


def read_rows(file: Path) -> list[dict[str, str]]:
    """Read a raw table in CSV."""
    with file.open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))


def move_links(file: Path, column: str, others: Sequence[str], away: str, back: str) -> int:
    """Let the records of a table belong to others between two moments.

    Args:
        file: A raw table in CSV. Each record gets a version with another's value in the column,
            and then one with its own again.
        column: What tells to whom a record belongs.
        others: The values of others, dealt out in turn.
        away: When the records move, `YYYY-MM-DD HH:MM:SS`.
        back: When they come back.

    Returns:
        How many records moved.
    """
    rows = [row for row in read_rows(file) if row[column]]
    versions = [
        row | {name: moment for name in MOMENTS if name in row} | {column: value}
        for row, other in zip(rows, cycle(others), strict=False)
        for moment, value in ((away, other), (back, row[column]))
    ]
    with file.open("a", encoding="utf-8", newline="") as end:
        csv.DictWriter(end, rows[0].keys(), lineterminator="\n").writerows(versions)
    return len(rows)


def add_night(night: Path, raw: Path) -> None:
    """Copy the files of one night beside those that are there."""
    shutil.copytree(night, raw, dirs_exist_ok=True)
