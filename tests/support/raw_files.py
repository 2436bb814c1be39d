"""Cuts raw files into the files of several nights."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path


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
    folders = [target / f"night_{number}" for number in range(nights)]
    for file in sorted(raw.glob("*/*.csv")):
        header, *rows = records(file.read_text(encoding="utf-8"))
        hands: list[list[str]] = [[] for _ in folders]
        for row in rows:
            hands[dealer.randrange(nights)].append(row if row.endswith("\n") else row + "\n")
        for number, (folder, hand) in enumerate(zip(folders, hands, strict=True)):
            dealt = folder / file.parent.name / file.stem / f"{number}.csv"
            dealt.parent.mkdir(parents=True, exist_ok=True)
            dealt.write_text(header + "".join(hand), encoding="utf-8")
    return folders


def add_night(night: Path, raw: Path) -> None:
    """Copy the files of one night beside those that are there."""
    shutil.copytree(night, raw, dirs_exist_ok=True)
