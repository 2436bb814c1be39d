"""Read and validate the seeds, the book of rules that people edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from orchestration.errors import LeadsError
from orchestration.rules.checks import check_references, check_table
from orchestration.rules.cross_calendars import calendars_reach
from orchestration.rules.cross_seed import CROSS_SEED_RULES
from orchestration.rules.declarations import Seed, load_declarations
from orchestration.rules.problems import Problem, raise_problems
from orchestration.rules.reading import SeedRow, read_table

__all__ = ["SeedRow", "load_declarations", "read_seed", "validate_seeds"]


def read_seed(root: Path, name: str) -> list[SeedRow]:
    """Read the rows of one seed, typed as its columns declare.

    Args:
        root: The project's root.
        name: The seed.

    Returns:
        The rows in the order of the file; an empty cell is None.

    Raises:
        LeadsError: There is no such seed, or a row of it does not have the declared shape.
    """
    seeds = load_declarations(root)
    if name not in seeds:
        known = ", ".join(sorted(seeds))
        raise LeadsError(f"there is no seed {name}", where="seeds/", mend=f"use one of {known}")
    table = read_table(root, seeds[name])
    raise_problems(table.problems)
    return [record.row for record in table.records]


def validate_seeds(root: Path, today: date | None = None) -> None:
    """Check all seeds: shapes, types, declared rules, references, rules across seeds.

    Args:
        root: The project's root.
        today: The day that the build speaks about, which the calendars must reach.

    Raises:
        LeadsError: Something is wrong; it names file, row, column, value and how to mend it.
    """
    seeds = load_declarations(root)
    tables = {name: read_table(root, seed) for name, seed in seeds.items()}
    problems = [*_undeclared_files(root, seeds)]
    for table in tables.values():
        # Rows of which something could not be read would look wrong for that alone.
        problems += table.problems or check_table(table)
    if not problems:
        problems += check_references(tables)
        for rule in CROSS_SEED_RULES:
            problems += rule(tables)
        problems += calendars_reach(tables, today) if today else ()
    raise_problems(problems)


def _undeclared_files(root: Path, seeds: Mapping[str, Seed]) -> Iterator[Problem]:
    declared = {seed.file for seed in seeds.values()}
    for path in sorted((root / "seeds").rglob("*.csv")):
        file = path.relative_to(root).as_posix()
        if file not in declared:
            topic = path.parent.name
            yield Problem(
                file,
                "the seed is not declared",
                f"describe it in {path.parent.relative_to(root).as_posix()}/_{topic}__seeds.yml",
            )
