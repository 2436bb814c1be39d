"""Local days of naive UTC moments, in any time zone, and calendar months.

A moment is a number of microseconds since 1970-01-01 UTC, a day a number of days since 1970-01-01.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from orchestration.errors import LeadsError

DAY_US = 86_400_000_000
EPOCH = date(1970, 1, 1).toordinal()

# What never ends, and the first and last day that have a day before and after them.
FOREVER = 2**62
FIRST_DAY = date.min.toordinal() - EPOCH + 1
LAST_DAY = date.max.toordinal() - EPOCH - 1


class LocalDays:
    """The calendar days of one time zone.

    Args:
        time_zone: An IANA name such as Asia/Tokyo.

    Raises:
        LeadsError: There is no such time zone.
    """

    def __init__(self, time_zone: str) -> None:
        try:
            self._zone = ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise LeadsError(
                f"'{time_zone}' is no time zone", where="time_zone", mend="use a name as Asia/Tokyo"
            ) from error
        self._starts: dict[int, int] = {}

    def start(self, day: int) -> int:
        """The midnight at which a local day begins, as a moment."""
        known = self._starts.get(day)
        if known is None:
            local = datetime.fromordinal(day + EPOCH).replace(tzinfo=self._zone)
            offset = local.utcoffset()
            assert offset is not None  # noqa: S101  a zone always has one
            known = day * DAY_US - (offset.days * 86_400 + offset.seconds) * 1_000_000
            self._starts[day] = known
        return known

    def of(self, moment: int) -> int:
        """The local day of a moment; zones lie less than a day from UTC."""
        day = moment // DAY_US
        if moment < self.start(day):
            return day - 1
        return day + (moment >= self.start(day + 1))

    def of_all(self, moments: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The local days of many moments."""
        utc_days, place = np.unique(moments // DAY_US, return_inverse=True)
        starts = np.array([self.start(int(day)) for day in utc_days], dtype=np.int64)
        ends = np.array([self.start(int(day) + 1) for day in utc_days], dtype=np.int64)
        days: npt.NDArray[np.int64] = (
            utc_days[place] + (moments >= ends[place]) - (moments < starts[place])
        )
        return days

    def first_midnight(self, moment: int) -> int:
        """The first midnight at a moment or after it."""
        day = self.of(moment)
        return moment if self.start(day) == moment else self.start(day + 1)


def to_day(value: date) -> int:
    """The day number of a date."""
    return value.toordinal() - EPOCH


def to_date(day: int) -> date:
    """The date of a day number."""
    return date.fromordinal(day + EPOCH)


def add_months(day: int, months: int) -> int:
    """The same day some calendar months on (or back), clipped to the month's end.

    What lies outside of the years that dates can name becomes the first or last day of all.
    """
    start = to_date(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return FIRST_DAY if year < date.min.year else LAST_DAY
    last = calendar.monthrange(year, month + 1)[1]
    return to_day(date(year, month + 1, min(start.day, last)))


def first_day_within(day: int, months: int) -> int:
    """The first day from which `day` is at most some calendar months ahead.

    Clipping makes going back and forth differ: from 28 February six months reach 28 August only, so
    31 August comes within reach on 1 March.
    """
    candidate = add_months(day, -months)
    return candidate if add_months(candidate, months) >= day else candidate + 1
