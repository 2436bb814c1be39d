"""The business calendar as a table: one row per calendar and day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import pyarrow as pa

from orchestration.calendar.seeds import Closure, WorkingHours, holidays_of
from orchestration.errors import LeadsError

CALENDAR_SCHEMA = pa.schema(
    [
        pa.field("calendar_id", pa.string(), nullable=False),
        pa.field("calendar_date", pa.date32(), nullable=False),
        pa.field("is_working_day", pa.bool_(), nullable=False),
        pa.field("opens_at", pa.timestamp("us")),
        pa.field("closes_at", pa.timestamp("us")),
        pa.field("working_minutes", pa.int32(), nullable=False),
        pa.field("minutes_before", pa.int64(), nullable=False),
    ]
)


_WEEKDAYS = 7


def business_calendar(
    first_day: date,
    last_day: date,
    working_hours: Sequence[Mapping[str, Any]],
    closures: Sequence[Mapping[str, Any]],
) -> pa.Table:
    """Lay out every calendar over a range of days.

    A day is worked when a row of `working_hours` is valid for its weekday and it is neither a
    public holiday of that row's country nor in a closure.

    Args:
        first_day: The first day.
        last_day: The last day, included.
        working_hours: Rows of the seed of that name.
        closures: Rows of the seed `company_closures`.

    Returns:
        One row per calendar and day, in this order: `calendar_id`, `calendar_date`,
        `is_working_day`, `opens_at` and `closes_at` (naive UTC, null when closed),
        `working_minutes` of the day, and `minutes_before`: the working minutes of all earlier days
        of the calendar in the range.

    Raises:
        LeadsError: A row cannot be understood, or the range ends before it starts.
    """
    if last_day < first_day:
        raise LeadsError(
            f"{last_day} is before {first_day}",
            where="business calendar",
            mend="let the last day be the first one or later",
        )
    hours = sorted(map(WorkingHours.from_row, working_hours), key=lambda hours: hours.calendar_id)
    closed = [Closure.from_row(row) for row in closures]
    rows: list[dict[str, Any]] = []
    for calendar_id, own in groupby(hours, key=lambda hours: hours.calendar_id):
        own_closures = [closure for closure in closed if closure.calendar_id == calendar_id]
        own_hours: list[list[WorkingHours]] = [[] for _ in range(_WEEKDAYS)]
        for candidate in own:
            own_hours[candidate.weekday].append(candidate)
        minutes_before = 0
        for day in _days(first_day, last_day):
            opening = _opening(day, own_hours[day.weekday()], own_closures)
            row = _row(calendar_id, day, opening, minutes_before)
            minutes_before += row["working_minutes"]
            rows.append(row)
    return pa.Table.from_pylist(rows, schema=CALENDAR_SCHEMA)


def _days(first_day: date, last_day: date) -> Iterator[date]:
    return (first_day + timedelta(days=step) for step in range((last_day - first_day).days + 1))


def _opening(
    day: date, hours: Sequence[WorkingHours], closures: Sequence[Closure]
) -> tuple[datetime, datetime] | None:
    """Opening and closing of a day as naive UTC by the hours of its weekday; None: not worked."""
    for candidate in hours:
        if not candidate.holds_on(day):
            continue
        country = candidate.holiday_country
        is_holiday = country is not None and day in holidays_of(country, day.year)
        if is_holiday or any(closure.covers(day) for closure in closures):
            return None
        return candidate.instants(day)
    return None


def _row(
    calendar_id: str, day: date, opening: tuple[datetime, datetime] | None, minutes_before: int
) -> dict[str, Any]:
    opens_at, closes_at = opening or (None, None)
    # Between instants, not wall clocks: a day on which the clock is changed is as long as it was.
    minutes = (opening[1] - opening[0]) // timedelta(minutes=1) if opening else 0
    return {
        "calendar_id": calendar_id,
        "calendar_date": day,
        "is_working_day": opening is not None,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "working_minutes": minutes,
        "minutes_before": minutes_before,
    }
