"""The rules by which a past day is valued: those of its own days, or of one day throughout."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

from orchestration.rules.declarations import load_declarations
from orchestration.rules.reading import holds_on, read_table

# What gives points, and what is made of them. Adjustments by hand are facts of their day.
VALUING = (
    "score_rules",
    "score_caps",
    "score_settings",
    "score_bands",
    "score_grades",
    "mql_criteria",
)
_PARTS = ("models", "macros", "seeds", "dbt_project.yml", "profiles.yml")


def copy_with_rules_of(day: date, root: Path, target: Path) -> None:
    """Copy the dbt project, with the valuing rules of one day made valid on all days.

    Args:
        day: The day whose rules count.
        root: The project's folder.
        target: The folder to copy to.
    """
    for part in _PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, target / part)
        else:
            shutil.copy(root / part, target / part)
    seeds = load_declarations(target)
    for name in VALUING:
        rows = [record.row for record in read_table(target, seeds[name]).records]
        _write(target / seeds[name].file, [holds_on(row, day) for row in rows])


def _write(file: Path, holding: list[bool]) -> None:
    """Keep the rows that hold, without bounds; the cells are written as they stand."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = [cells for cells in csv.reader(lines) if cells]
    bounds = [header.index("valid_from"), header.index("valid_to")]
    kept = [cells for cells, holds in zip(rows, holding, strict=True) if holds]
    for cells in kept:
        for bound in bounds:
            cells[bound] = ""
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([header, *kept])
