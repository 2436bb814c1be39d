"""Working time between two instants, and the instant at which it is used up.

The plain statement of what the models compute in SQL from the table of `business_calendar`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.errors import LeadsError

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class BusinessCalendar:
    """The worked days of one calendar, in order.

    Attributes:
        opens_at: When each opens, naive UTC.
        closes_at: When each closes; the closing instant itself is no working time.
        worked_before: The working time of all days before each.
    """

    opens_at: tuple[datetime, ...]
    closes_at: tuple[datetime, ...]
    worked_before: tuple[timedelta, ...]

    @classmethod
    def from_table(cls, table: pa.Table, calendar_id: str = "default") -> BusinessCalendar:
        """Take one calendar out of the table of `business_calendar`.

        Raises:
            LeadsError: The calendar has no worked day there.
        """
        worked = table.filter((pc.field("calendar_id") == calendar_id) & pc.field("is_working_day"))
        if not worked.num_rows:
            raise LeadsError(
                f"calendar {calendar_id!r} has no working day",
                where="seeds/calendar/working_hours.csv",
                mend="give it hours that are valid on the days in question",
            )
        return cls(
            opens_at=tuple(worked["opens_at"].to_pylist()),
            closes_at=tuple(worked["closes_at"].to_pylist()),
            worked_before=tuple(m * _MINUTE for m in worked["minutes_before"].to_pylist()),
        )


def elapsed_business_minutes(calendar: BusinessCalendar, start: datetime, end: datetime) -> int:
    """Working time in [start, end), in whole minutes rounded down.

    Args:
        calendar: The calendar.
        start: Naive UTC.
        end: Naive UTC.

    Returns:
        The minutes; 0 when `end` is not after `start`.

    Raises:
        LeadsError: An instant lies outside the worked days of the calendar.
    """
    if end <= start:
        return 0
    return (_worked_until(calendar, end) - _worked_until(calendar, start)) // _MINUTE


def due_at(calendar: BusinessCalendar, start: datetime, minutes: int) -> datetime:
    """The instant at which the last of so many working minutes is used up.

    It is a closing time rather than the next opening: 540 minutes from Monday 09:00 end at 18:00.

    Args:
        calendar: The calendar.
        start: Naive UTC.
        minutes: Working minutes, 0 or more; 0 gives `start`.

    Returns:
        Naive UTC.

    Raises:
        LeadsError: The calendar ends before.
    """
    if minutes <= 0:
        return start
    target = _worked_until(calendar, start) + minutes * _MINUTE
    day = bisect_left(calendar.worked_before, target) - 1
    moment = calendar.opens_at[day] + (target - calendar.worked_before[day])
    if moment > calendar.closes_at[day]:
        raise _beyond(moment)
    return moment


def _worked_until(calendar: BusinessCalendar, moment: datetime) -> timedelta:
    """The working time of the calendar before an instant."""
    if not calendar.opens_at[0] <= moment <= calendar.closes_at[-1]:
        raise _beyond(moment)
    day = bisect_right(calendar.opens_at, moment) - 1
    worked = min(moment, calendar.closes_at[day]) - calendar.opens_at[day]
    return calendar.worked_before[day] + worked


def _beyond(moment: datetime) -> LeadsError:
    return LeadsError(
        f"{moment} is not covered by the business calendar",
        where="business calendar",
        mend="lay the calendar out over more days",
    )
