"""Rules about the business calendars."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from orchestration.calendar.seeds import Closure, WorkingHours
from orchestration.errors import LeadsError
from orchestration.rules.problems import Problem
from orchestration.rules.reading import SeedRow, SeedTable, holds_on


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


def calendars_reach(tables: Mapping[str, SeedTable], today: date) -> Iterator[Problem]:
    """Every calendar that a policy or a time zone of today counts by has hours that hold today.

    Args:
        tables: All seeds by name.
        today: The day that the build speaks about.

    Yields:
        Of each calendar that ended before, or begins later, the row that is nearest.
    """
    if not {"working_hours", "sla_policies"} <= tables.keys():
        return
    used = {
        record.row["calendar_id"]
        for name in ("sla_policies", "time_zone_calendars")
        for record in (tables[name].records if name in tables else ())
        if holds_on(record.row, today)
    }
    hours = tables["working_hours"]
    for calendar_id in sorted(used):
        rows = [one for one in hours.records if one.row["calendar_id"] == calendar_id]
        if not rows or any(holds_on(one.row, today) for one in rows):
            continue
        last = max(rows, key=lambda one: (one.row["valid_to"] or date.max, one.line))
        what = f"the calendar {calendar_id!r} has no hours on the day of the as-of, {today}"
        if last.row["valid_to"] is not None and last.row["valid_to"] <= today:
            what = f"the calendar {calendar_id!r} ends on {last.row['valid_to']}, before the as-of"
        mend = "leave valid_to empty, or add rows that hold from that day on"
        yield hours.problem(what, mend, line=last.line, column="valid_to")
