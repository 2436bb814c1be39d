"""Rules that one declaration cannot express; each a small function of all seeds.

A rule says nothing about a seed that the project does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from orchestration.calendar.seeds import Closure, WorkingHours
from orchestration.errors import LeadsError
from orchestration.rules.problems import Problem
from orchestration.rules.reading import SeedRow, SeedTable
from orchestration.text.fold import normalise_label

CrossSeedRule = Callable[[Mapping[str, SeedTable]], Iterator[Problem]]


def calendars_can_be_computed(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """Hours, time zones, countries and days of the business calendars are real ones.

    Args:
        tables: All seeds by name.

    Yields:
        What is wrong, by row.
    """
    understand: dict[str, Callable[[SeedRow], object]] = {
        "working_hours": WorkingHours.from_row,
        "company_closures": Closure.from_row,
    }
    for name in understand.keys() & tables.keys():
        for record in tables[name].records:
            try:
                understand[name](record.row)
            except LeadsError as error:
                yield tables[name].problem(
                    error.what, error.mend, line=record.line, column=error.where
                )


def labels_are_folded(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """What is compared with normal forms, every column named `*_label`, is written as one.

    Args:
        tables: All seeds by name.

    Yields:
        Labels that no normal form can equal.
    """
    for table in tables.values():
        names = [column.name for column in table.seed.columns if column.name.endswith("_label")]
        for record in table.records:
            for name in names:
                label = record.row[name]
                if label is not None and label != (folded := normalise_label(label)):
                    what = f"{label!r} is compared in lower case and half width"
                    yield table.problem(what, f"write {folded!r}", line=record.line, column=name)


CROSS_SEED_RULES: tuple[CrossSeedRule, ...] = (calendars_can_be_computed, labels_are_folded)
