"""The rows of the seeds `working_hours` and `company_closures`, understood.

Hours are local: what 09:00 means in UTC is decided day by day, so daylight saving needs no row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from orchestration.errors import LeadsError

_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)
_MONTH_DAY = re.compile(r"\d{2}-\d{2}", re.ASCII)
_LEAP_YEAR = 2000


@dataclass(frozen=True)
class WorkingHours:
    """When one calendar opens and closes on one weekday, while the row is valid.

    Attributes:
        calendar_id: The calendar.
        weekday: 0 Monday to 6 Sunday.
        zone: The time zone of its days and hours.
        opens: From midnight to the opening, by the wall clock.
        closes: From midnight to the closing, up to 24 hours.
        holiday_country: Country code, with its subdivision as in `US-NY`; None without holidays.
        valid_from: The first day; None for always.
        valid_to: The first day on which it no longer holds; None for open.
    """

    calendar_id: str
    weekday: int
    zone: ZoneInfo
    opens: timedelta
    closes: timedelta
    holiday_country: str | None
    valid_from: date | None
    valid_to: date | None

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> WorkingHours:
        """Understand a row of the seed.

        Raises:
            LeadsError: Hours, time zone or country cannot be meant; `where` is the column.
        """
        opens, closes = (_time_of_day(row[column], column) for column in ("opens", "closes"))
        if opens >= closes:
            raise LeadsError(
                f"closes at {row['closes']}, opens at {row['opens']}",
                where="closes",
                mend="let it close after it opens, at 24:00 at the latest",
            )
        if row["holiday_country"]:
            holidays_of(row["holiday_country"], _LEAP_YEAR)
        return cls(
            calendar_id=row["calendar_id"],
            weekday=row["weekday"],
            zone=_zone(row["time_zone"]),
            opens=opens,
            closes=closes,
            holiday_country=row["holiday_country"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )

    def holds_on(self, day: date) -> bool:
        """Whether the row is valid on a day; `valid_to` itself is outside."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )

    def instants(self, day: date) -> tuple[datetime, datetime]:
        """Opening and closing of a day as naive UTC."""
        return _instant(day, self.opens, self.zone), _instant(day, self.closes, self.zone)


@dataclass(frozen=True)
class Closure:
    """Days on which a calendar is closed although their weekday is worked.

    Attributes:
        calendar_id: The calendar.
        first: The first closed day as text, `2026-08-12`, or `12-29` of every year.
        last: The last closed day, written alike; a yearly one may lie in the next year.
    """

    calendar_id: str
    first: str
    last: str

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Closure:
        """Understand a row of the seed.

        Raises:
            LeadsError: It does not name a first and a last day in one way, or one that no year has;
                `where` is the column.
        """
        dates = [row["date_from"], row["date_to"]]
        yearly = [row["month_day_from"], row["month_day_to"]]
        if None not in dates and yearly == [None, None]:
            if dates[0] > dates[1]:
                mend = "let date_to be date_from or later"
                raise LeadsError(f"{dates[1]} is before {dates[0]}", where="date_to", mend=mend)
            return cls(row["calendar_id"], dates[0].isoformat(), dates[1].isoformat())
        if None in yearly or dates != [None, None]:
            raise LeadsError(
                "a closure needs a first and a last day, in one way",
                where="date_from",
                mend="fill date_from and date_to, or month_day_from and month_day_to",
            )
        for column in ("month_day_from", "month_day_to"):
            _check_month_day(row[column], column)
        return cls(row["calendar_id"], yearly[0], yearly[1])

    def covers(self, day: date) -> bool:
        """Whether the calendar is closed on a day."""
        # Both spellings sort as text in the order of the days.
        written = day.isoformat()[-len(self.first) :]
        if self.first <= self.last:
            return self.first <= written <= self.last
        return written >= self.first or written <= self.last


@lru_cache(maxsize=1024)
def holidays_of(country: str, year: int) -> frozenset[date]:
    """The public holidays of a year, substitutes included, by the `holidays` library.

    Args:
        country: Country code, with its subdivision as in `US-NY`.
        year: The year.

    Raises:
        LeadsError: The library does not know the country or subdivision.
    """
    import holidays

    code, _, subdivision = country.partition("-")
    try:
        return frozenset(holidays.country_holidays(code, subdivision or None, years=year))
    except NotImplementedError as error:
        raise LeadsError(
            f"holidays of {country!r} are not known",
            where="holiday_country",
            mend="write an ISO country code such as JP or US-NY, or leave it empty",
        ) from error


def _time_of_day(text: str, column: str) -> timedelta:
    if not _TIME_OF_DAY.fullmatch(text):
        mend = "write hours and minutes such as 09:00, up to 24:00"
        raise LeadsError(f"{text!r} is no time of day", where=column, mend=mend)
    return timedelta(hours=int(text[:2]), minutes=int(text[3:]))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        mend = "write a name such as Asia/Tokyo"
        raise LeadsError(f"{name!r} is no time zone", where="time_zone", mend=mend) from error


def _check_month_day(text: str, column: str) -> None:
    try:
        if not _MONTH_DAY.fullmatch(text):
            raise ValueError
        date(_LEAP_YEAR, int(text[:2]), int(text[3:]))
    except ValueError as error:
        mend = "write month and day such as 12-29"
        raise LeadsError(f"{text!r} is no day of a year", where=column, mend=mend) from error


def _instant(day: date, since_midnight: timedelta, zone: ZoneInfo) -> datetime:
    # Added on the wall clock: 09:00 stays 09:00 on a day on which the clocks are changed.
    local = (datetime.combine(day, time()) + since_midnight).replace(tzinfo=zone)
    return local.astimezone(UTC).replace(tzinfo=None)
