"""Local days, calendar months and validity by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orchestration.errors import LeadsError
from orchestration.lifecycle.days import (
    FIRST_DAY,
    LAST_DAY,
    LocalDays,
    add_months,
    first_day_within,
    to_date,
    to_day,
)
from orchestration.lifecycle.validity import Piece, Validity

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONES = ["Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"]
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1))  # noqa: DTZ001  naive UTC


def micros(moment: datetime) -> int:
    return (moment.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_day_of_a_moment_is_what_a_clock_on_the_wall_shows(moment: datetime, zone: str):
    wall = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    assert LocalDays(zone).of(micros(moment)) == to_day(wall.date())


@given(st.lists(MOMENTS, max_size=20), st.sampled_from(ZONES))
def test_many_days_are_the_days_of_each(moments: list[datetime], zone: str):
    days = LocalDays(zone)
    numbers = np.array([micros(moment) for moment in moments], dtype=np.int64)
    assert days.of_all(numbers).tolist() == [days.of(int(number)) for number in numbers]


def test_midnight_in_tokyo_is_15_hours_utc_of_the_day_before():
    midnight = micros(datetime(2026, 1, 9, 15))  # noqa: DTZ001
    tokyo = LocalDays("Asia/Tokyo")
    assert tokyo.start(to_day(date(2026, 1, 10))) == midnight
    assert tokyo.of(midnight) == to_day(date(2026, 1, 10))
    assert tokyo.of(midnight - 1) == to_day(date(2026, 1, 9))
    assert tokyo.first_midnight(midnight) == midnight
    assert tokyo.first_midnight(midnight - 1) == midnight


def test_a_day_without_midnight_begins_when_its_first_hour_does():
    # São Paulo went from 23:59:59 on 3 November 2018 to 01:00 on the 4th, at 03:00 UTC.
    begins = LocalDays("America/Sao_Paulo").start(to_day(date(2018, 11, 4)))
    assert begins == micros(datetime(2018, 11, 4, 3))  # noqa: DTZ001


def test_an_unknown_time_zone_is_refused():
    with pytest.raises(LeadsError, match="Asia/Tokio"):
        LocalDays("Asia/Tokio")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 2, 28), 6, date(2026, 8, 28)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_are_calendar_months_clipped_to_their_end(start: date, months: int, end: date):
    assert to_date(add_months(to_day(start), months)) == end


def test_months_beyond_the_calendar_stop_at_its_ends():
    assert add_months(to_day(date(9999, 12, 31)), 6) == LAST_DAY
    assert add_months(to_day(date(1, 1, 1)), -6) == FIRST_DAY


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 24))
@example(date(2026, 8, 31), 6)
def test_the_first_day_within_reach_is_the_first_that_reaches(deadline: date, months: int):
    day = first_day_within(to_day(deadline), months)
    assert add_months(day, months) >= to_day(deadline)
    assert add_months(day - 1, months) < to_day(deadline)


def test_a_value_is_valid_from_its_first_day_to_the_day_before_the_next():
    validity = Validity([Piece(20, 29, "b"), Piece(10, 19, "a")], "none", "test")
    assert [validity.on(day) for day in (9, 10, 19, 20, 29, 30)] == [
        "none", "a", "a", "b", "b", "none",
    ]  # fmt: skip
    assert [(p.first, p.last, p.value) for p in validity.within(18, 31)] == [
        (18, 19, "a"),
        (20, 29, "b"),
        (30, 31, "none"),
    ]
    assert [piece.value for piece in validity.within(19, 19)] == ["a"]
    assert list(validity.within(31, 30)) == []


def test_two_values_on_one_day_are_refused():
    with pytest.raises(LeadsError, match="valid on one day"):
        Validity([Piece(10, 20, "a"), Piece(20, 29, "b")], "none", "test")
