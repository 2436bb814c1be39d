"""Japanese working time: office hours, days off, and moments that fall into them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sample.world.arrays import DAY, HOUR, Bools, Floats, Ints, Rng, pick, whole

TOKYO = 9 * HOUR
OPENING = 9
CLOSING = 18
# Share of web behaviour by hour of the Tokyo day: office hours with a dip at lunch, some evening.
HOUR_WEIGHTS = (
    0.4, 0.2, 0.1, 0.1, 0.1, 0.2, 0.6, 1.5, 4.0, 9.0, 11.0, 10.0,
    6.0, 9.0, 10.5, 10.0, 9.0, 7.0, 4.0, 2.5, 2.0, 2.0, 1.6, 1.0,
)  # fmt: skip
FIXED_DAYS_OFF = (
    (1, 1), (1, 2), (1, 3), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5),
    (8, 11), (11, 3), (11, 23), (12, 29), (12, 30), (12, 31),
)  # fmt: skip
SHARE_OF_LEISURE_WORK = 0.12


@dataclass(frozen=True)
class Calendar:
    """Tokyo days from ``first_day`` on: whether each is off and which working day follows."""

    first_day: int
    off: Bools
    next_working: Ints

    def day_of(self, at: Ints) -> Ints:
        """Return the position of the Tokyo day of each moment."""
        days = (at + TOKYO) // DAY - self.first_day
        return np.clip(days, 0, len(self.off) - 1)

    def midnight(self, day: Ints) -> Ints:
        """Return the first second of a day by its position."""
        return (day + self.first_day) * DAY - TOKYO


def calendar(start: int, end: int) -> Calendar:
    """Build the calendar from a year before the history to a year after it."""
    first_day = (start + TOKYO) // DAY - 365
    days = np.arange(first_day, (end + TOKYO) // DAY + 366)
    dates: npt.NDArray[np.datetime64] = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    month = months.astype(np.int64) % 12 + 1
    day = (dates - months.astype("datetime64[D]")).astype(np.int64) + 1
    off = (days + 3) % 7 >= 5  # 1970-01-01 was a Thursday; Monday is 0
    for off_month, off_day in FIXED_DAYS_OFF:
        off |= (month == off_month) & (day == off_day)
    following = np.where(off, len(days) - 1, np.arange(len(days)))
    next_working = np.minimum.accumulate(following[::-1])[::-1]
    return Calendar(int(first_day), off, next_working.astype(np.int64))


def browsing_time(rng: Rng, cal: Calendar, at: Ints) -> Ints:
    """Move moments to a likely hour; days off mostly give way to the next working day."""
    day = cal.day_of(at)
    moved = cal.off[day] & (rng.random(len(at)) > SHARE_OF_LEISURE_WORK)
    day = np.where(moved, cal.next_working[day], day)
    second = pick(rng, HOUR_WEIGHTS, len(at)) * HOUR + rng.integers(0, HOUR, len(at))
    return cal.midnight(day) + second


def office_time(rng: Rng, cal: Calendar, at: Ints) -> Ints:
    """Move moments outside office hours into the first two hours of the next opening."""
    day = cal.day_of(at)
    second = at - cal.midnight(day)
    late = second >= CLOSING * HOUR
    opening = cal.next_working[np.minimum(day + late, len(cal.off) - 1)]
    outside = late | (second < OPENING * HOUR) | cal.off[day]
    arrival = cal.midnight(opening) + OPENING * HOUR + rng.integers(60, 2 * HOUR, len(at))
    return np.where(outside, arrival, at)


def meeting_start(rng: Rng, cal: Calendar, at: Ints) -> Ints:
    """Return the start of a meeting on the working day of a moment, on a half hour."""
    day = cal.next_working[cal.day_of(at)]
    half_hours = rng.integers(20, 34, len(at))
    return cal.midnight(day) + half_hours * (HOUR // 2)


def office_delay(rng: Rng, median_hours: Floats, spread: float) -> Ints:
    """Draw skewed delays in seconds around a median."""
    return whole(median_hours * HOUR * np.exp(rng.normal(0.0, spread, len(median_hours))))
