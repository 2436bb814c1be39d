"""Working time between instants; the cases are written in Tokyo time, nine hours ahead of UTC."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.calendar.days import business_calendar
from orchestration.calendar.elapsed import BusinessCalendar, due_at, elapsed_business_minutes
from orchestration.errors import LeadsError

FIRST, LAST = datetime.fromisoformat("2024-01-04"), datetime.fromisoformat("2026-11-30")
MOMENTS = st.datetimes(FIRST, LAST)
MINUTES = MOMENTS.map(lambda moment: moment.replace(second=0, microsecond=0))


def tokyo(text: str) -> datetime:
    return datetime.fromisoformat(text) - timedelta(hours=9)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        # Within one day.
        ("2025-06-02 09:00", "2025-06-02 18:00", 540),
        ("2025-06-02 10:15", "2025-06-02 11:00", 45),
        # Before opening and after closing nothing runs.
        ("2025-06-02 06:00", "2025-06-02 09:00", 0),
        ("2025-06-02 06:00", "2025-06-02 09:01", 1),
        ("2025-06-02 18:00", "2025-06-03 09:00", 0),
        ("2025-06-02 17:59", "2025-06-03 09:01", 2),
        # Around midnight: Monday 17:00 to Tuesday 10:00 = 60 + 60.
        ("2025-06-02 17:00", "2025-06-03 10:00", 120),
        ("2025-06-02 23:59", "2025-06-03 00:01", 0),
        # Over a weekend: Friday 17:30 to Monday 09:30 = 30 + 30.
        ("2025-06-06 17:30", "2025-06-09 09:30", 60),
        ("2025-06-07 10:00", "2025-06-08 20:00", 0),
        # Golden Week 2025: 28 April 09:00 to 7 May 09:00 = 28, 30 April, 1, 2 May = 4 x 540.
        ("2025-04-28 09:00", "2025-05-07 09:00", 2160),
        # Turn of the year: 26 December 17:00 to 5 January 10:00 = 60 + 60.
        ("2025-12-26 17:00", "2026-01-05 10:00", 120),
        ("2025-12-29 09:00", "2026-01-05 09:00", 0),
        # Rounded down over the whole span: 30 s of Monday + 45 s of Tuesday = 1 min 15 s.
        ("2025-06-02 17:59:30", "2025-06-03 09:00:45", 1),
        ("2025-06-02 09:00:00", "2025-06-02 09:00:59.999999", 0),
        # Nothing elapses backwards.
        ("2025-06-02 11:00", "2025-06-02 10:00", 0),
        ("2025-06-02 11:00", "2025-06-02 11:00", 0),
    ],
)
def test_elapsed_minutes_as_counted_by_hand(
    start: str, end: str, minutes: int, shipped: BusinessCalendar
):
    assert elapsed_business_minutes(shipped, tokyo(start), tokyo(end)) == minutes


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        # The last minute is used up at closing, not at the next opening.
        ("2025-06-02 09:00", 540, "2025-06-02 18:00"),
        ("2025-06-02 09:00", 541, "2025-06-03 09:01"),
        ("2025-06-02 10:00", 480, "2025-06-02 18:00"),
        ("2025-06-02 10:30", 480, "2025-06-03 09:30"),
        # Started outside of hours the clock runs from the next opening.
        ("2025-06-02 18:00", 240, "2025-06-03 13:00"),
        ("2025-06-02 20:00", 480, "2025-06-03 17:00"),
        ("2025-06-02 06:00", 60, "2025-06-02 10:00"),
        ("2025-06-07 12:00", 540, "2025-06-09 18:00"),
        ("2025-06-06 17:00", 120, "2025-06-09 10:00"),
        # Golden Week: Friday 2 May 14:00 + 480 = 240 that day, 240 on Wednesday 7 May.
        ("2025-05-02 14:00", 480, "2025-05-07 13:00"),
        ("2025-12-26 17:00", 480, "2026-01-05 16:00"),
        ("2025-06-02 09:00:30", 1, "2025-06-02 09:01:30"),
        ("2025-06-02 20:00", 0, "2025-06-02 20:00"),
    ],
)
def test_due_moments_as_counted_by_hand(
    start: str, minutes: int, due: str, shipped: BusinessCalendar
):
    assert due_at(shipped, tokyo(start), minutes) == tokyo(due)


def test_new_york_counts_its_own_hours_over_the_change_of_the_clock():
    week = [
        {
            "calendar_id": "default",
            "weekday": weekday,
            "time_zone": "America/New_York",
            "opens": "09:00",
            "closes": "18:00",
            "holiday_country": "US",
            "valid_from": None,
            "valid_to": None,
        }
        for weekday in range(5)
    ]
    table = business_calendar(date(2025, 3, 3), date(2025, 3, 14), week, [])
    calendar = BusinessCalendar.from_table(table)
    # Friday 17:00 at UTC-5; Monday 10:00 at UTC-4, the clocks having gone forward on Sunday.
    friday = datetime.fromisoformat("2025-03-07 22:00")
    monday = datetime.fromisoformat("2025-03-10 14:00")

    assert elapsed_business_minutes(calendar, friday, monday) == 120
    assert due_at(calendar, friday, 120) == monday


@settings(deadline=None)
@given(start=MOMENTS, minutes=st.integers(0, 5_000))
def test_exactly_so_many_minutes_have_elapsed_when_they_are_due(
    shipped: BusinessCalendar, start: datetime, minutes: int
):
    due = due_at(shipped, start, minutes)

    assert elapsed_business_minutes(shipped, start, due) == minutes
    if minutes:
        just_before = due - timedelta(microseconds=1)
        assert elapsed_business_minutes(shipped, start, just_before) == minutes - 1


@settings(deadline=None)
@given(start=MOMENTS, end=MOMENTS)
def test_what_has_elapsed_is_due_no_later_than_now(
    shipped: BusinessCalendar, start: datetime, end: datetime
):
    start, end = sorted((start, end))

    assert due_at(shipped, start, elapsed_business_minutes(shipped, start, end)) <= end


@settings(deadline=None)
@given(moments=st.lists(MINUTES, min_size=3, max_size=3))
def test_spans_add_up(shipped: BusinessCalendar, moments: list[datetime]):
    first, second, third = sorted(moments)

    assert elapsed_business_minutes(shipped, first, third) == elapsed_business_minutes(
        shipped, first, second
    ) + elapsed_business_minutes(shipped, second, third)


def test_moments_the_calendar_does_not_cover_are_refused(shipped: BusinessCalendar):
    inside = tokyo("2025-06-02 09:00")

    with pytest.raises(LeadsError, match="not covered"):
        elapsed_business_minutes(shipped, tokyo("2023-12-31"), inside)
    with pytest.raises(LeadsError, match="not covered"):
        elapsed_business_minutes(shipped, inside, tokyo("2027-01-05"))
    with pytest.raises(LeadsError, match="not covered"):
        due_at(shipped, inside, 1_000_000)


def test_a_calendar_without_working_days_is_refused(shipped_table: pa.Table):
    with pytest.raises(LeadsError, match="'shop' has no working day"):
        BusinessCalendar.from_table(shipped_table, "shop")
