"""The table of days: which are worked, from when to when in UTC."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pyarrow as pa
import pytest

from orchestration.calendar.days import CALENDAR_SCHEMA, business_calendar
from orchestration.errors import LeadsError

NEW_YORK = {"time_zone": "America/New_York", "holiday_country": "US"}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


def hours(weekday: int, **changes: object) -> dict[str, Any]:
    row = {
        "calendar_id": "default",
        "weekday": weekday,
        "time_zone": "Asia/Tokyo",
        "opens": "09:00",
        "closes": "18:00",
        "holiday_country": "JP",
        "valid_from": None,
        "valid_to": None,
    }
    return {**row, **changes}


def closure(**changes: object) -> dict[str, Any]:
    row = {
        "calendar_id": "default",
        "month_day_from": None,
        "month_day_to": None,
        "date_from": None,
        "date_to": None,
        "reason": "closed",
    }
    return {**row, **changes}


def worked_days(table: pa.Table) -> set[date]:
    return {row["calendar_date"] for row in table.to_pylist() if row["is_working_day"]}


def on(table: pa.Table, day: date) -> dict[str, Any]:
    (row,) = (row for row in table.to_pylist() if row["calendar_date"] == day)
    return row


def test_golden_week_2025_leaves_four_days(shipped_table: pa.Table):
    # 29 April is Showa Day, 5 May Children's Day, 6 May the substitute of Sunday the 4th.
    span = {date(2025, 4, 26) + timedelta(days=step) for step in range(11)}

    assert worked_days(shipped_table) & span == {
        date(2025, 4, 28),
        date(2025, 4, 30),
        date(2025, 5, 1),
        date(2025, 5, 2),
    }


def test_the_turn_of_the_year_is_closed_from_29_december_to_3_january(shipped_table: pa.Table):
    span = {date(2025, 12, 25) + timedelta(days=step) for step in range(14)}

    # 27 and 28 December and 3 and 4 January are weekends.
    assert worked_days(shipped_table) & span == {
        date(2025, 12, 25),
        date(2025, 12, 26),
        date(2026, 1, 5),
        date(2026, 1, 6),
        date(2026, 1, 7),
    }


@pytest.mark.parametrize(
    ("year", "worked"),
    [
        # 262 weekdays - 14 holidays on weekdays - 4 more closed (2, 3 January, 30, 31 December)
        (2024, 244),
        # 261 weekdays - 15 holidays on weekdays - 5 more closed (2, 3 January, 29-31 December)
        (2025, 241),
    ],
)
def test_a_year_has_the_working_days_of_the_printed_calendar(
    year: int, worked: int, shipped_table: pa.Table
):
    assert len([day for day in worked_days(shipped_table) if day.year == year]) == worked


def test_a_day_in_tokyo_is_open_from_midnight_to_nine_utc(shipped_table: pa.Table):
    assert on(shipped_table, date(2025, 4, 28)) == {
        "calendar_id": "default",
        "calendar_date": date(2025, 4, 28),
        "is_working_day": True,
        "opens_at": utc("2025-04-28 00:00"),
        "closes_at": utc("2025-04-28 09:00"),
        "working_minutes": 540,
        "minutes_before": on(shipped_table, date(2025, 4, 28))["minutes_before"],
    }


def test_a_closed_day_has_no_times_and_no_minutes(shipped_table: pa.Table):
    row = on(shipped_table, date(2025, 4, 29))

    assert (row["is_working_day"], row["opens_at"], row["closes_at"]) == (False, None, None)
    assert row["working_minutes"] == 0


def test_minutes_before_are_those_of_all_earlier_days(shipped_table: pa.Table):
    before = 0
    for row in shipped_table.to_pylist():
        assert row["minutes_before"] == before
        before += row["working_minutes"]
    assert shipped_table.schema == CALENDAR_SCHEMA


def test_new_york_keeps_its_hours_through_the_changes_of_the_clock():
    rows = [hours(weekday, **NEW_YORK) for weekday in range(7)]
    table = business_calendar(date(2025, 3, 7), date(2025, 11, 3), rows, [])

    # Clocks go forward on Sunday 9 March and back on Sunday 2 November 2025: UTC-5, UTC-4, UTC-5.
    assert on(table, date(2025, 3, 8))["opens_at"] == utc("2025-03-08 14:00")
    assert on(table, date(2025, 3, 9))["opens_at"] == utc("2025-03-09 13:00")
    assert on(table, date(2025, 11, 1))["closes_at"] == utc("2025-11-01 22:00")
    assert on(table, date(2025, 11, 2))["closes_at"] == utc("2025-11-02 23:00")
    # Labor Day, the first Monday of September.
    assert not on(table, date(2025, 9, 1))["is_working_day"]


def test_hours_around_the_clock_are_as_long_as_the_day_was():
    rows = [hours(6, **NEW_YORK, opens="00:00", closes="24:00")]
    table = business_calendar(date(2025, 3, 2), date(2025, 11, 2), rows, [])

    assert on(table, date(2025, 3, 2))["working_minutes"] == 24 * 60
    assert on(table, date(2025, 3, 9))["working_minutes"] == 23 * 60
    assert on(table, date(2025, 11, 2))["working_minutes"] == 25 * 60


def test_without_a_country_holidays_are_worked():
    rows = [hours(weekday, holiday_country=None) for weekday in range(5)]
    table = business_calendar(date(2025, 5, 5), date(2025, 5, 5), rows, [])

    assert worked_days(table) == {date(2025, 5, 5)}


def test_a_subdivision_has_holidays_of_its_own():
    rows = [
        hours(weekday, time_zone="Europe/Berlin", holiday_country="DE-BY") for weekday in range(5)
    ]
    table = business_calendar(date(2025, 1, 6), date(2025, 1, 7), rows, [])

    # Epiphany is kept in Bavaria.
    assert worked_days(table) == {date(2025, 1, 7)}


def test_changed_hours_hold_from_their_first_day_to_the_day_before_their_last():
    rows = [
        hours(0, valid_to=date(2025, 6, 9)),
        hours(0, opens="10:00", valid_from=date(2025, 6, 9), valid_to=date(2025, 6, 16)),
    ]
    table = business_calendar(date(2025, 6, 2), date(2025, 6, 16), rows, [])

    assert on(table, date(2025, 6, 2))["working_minutes"] == 540
    assert on(table, date(2025, 6, 9))["working_minutes"] == 480
    assert on(table, date(2025, 6, 16))["working_minutes"] == 0


def test_both_ends_of_a_closure_are_closed():
    week = [hours(weekday) for weekday in range(5)]
    once = closure(date_from=date(2025, 8, 12), date_to=date(2025, 8, 14))
    table = business_calendar(date(2025, 8, 11), date(2025, 8, 15), week, [once])
    yearly = closure(month_day_from="08-12", month_day_to="08-14")

    # 11 August is Mountain Day.
    assert worked_days(table) == {date(2025, 8, 15)}
    assert table == business_calendar(date(2025, 8, 11), date(2025, 8, 15), week, [yearly])


def test_a_closure_is_that_of_its_calendar_alone():
    rows = [hours(0), hours(0, calendar_id="shop")]
    table = business_calendar(
        date(2025, 6, 2),
        date(2025, 6, 2),
        rows,
        [closure(calendar_id="shop", date_from=date(2025, 6, 2), date_to=date(2025, 6, 2))],
    )

    assert [(row["calendar_id"], row["is_working_day"]) for row in table.to_pylist()] == [
        ("default", True),
        ("shop", False),
    ]


def test_the_table_does_not_depend_on_the_order_of_the_rows():
    rows = [hours(0), hours(1), hours(0, calendar_id="shop", opens="10:00")]
    tables = [
        business_calendar(date(2025, 6, 2), date(2025, 6, 8), order, [])
        for order in permutations(rows)
    ]

    assert all(table == tables[0] for table in tables)


def test_no_hours_make_an_empty_table_of_the_same_columns():
    table = business_calendar(date(2025, 6, 2), date(2025, 6, 8), [], [])

    assert (table.num_rows, table.schema) == (0, CALENDAR_SCHEMA)


def test_a_range_that_ends_before_it_starts_is_refused():
    with pytest.raises(LeadsError, match="2025-06-01 is before 2025-06-02"):
        business_calendar(date(2025, 6, 2), date(2025, 6, 1), [hours(0)], [])


@pytest.mark.parametrize(
    ("changes", "column", "what"),
    [
        ({"opens": "9:00"}, "opens", "'9:00' is no time of day"),
        ({"closes": "25:00"}, "closes", "'25:00' is no time of day"),
        ({"closes": "18:60"}, "closes", "'18:60' is no time of day"),
        ({"opens": "18:00"}, "closes", "closes at 18:00, opens at 18:00"),
        ({"time_zone": "Asia/Edo"}, "time_zone", "'Asia/Edo' is no time zone"),
        ({"time_zone": "../etc"}, "time_zone", "'../etc' is no time zone"),
        ({"holiday_country": "ZZ"}, "holiday_country", "holidays of 'ZZ' are not known"),
        ({"holiday_country": "US-ZZ"}, "holiday_country", "holidays of 'US-ZZ' are not known"),
    ],
)
def test_hours_that_cannot_be_meant_name_their_column(
    changes: dict[str, Any], column: str, what: str
):
    with pytest.raises(LeadsError) as told:
        business_calendar(date(2025, 6, 2), date(2025, 6, 2), [hours(0, **changes)], [])

    assert (told.value.where, told.value.what) == (column, what)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({}, "date_from"),
        ({"date_from": date(2025, 1, 1)}, "date_from"),
        ({"month_day_to": "01-01"}, "date_from"),
        (
            {
                "date_from": date(2025, 1, 1),
                "date_to": date(2025, 1, 1),
                "month_day_from": "01-01",
            },
            "date_from",
        ),
        ({"date_from": date(2025, 1, 2), "date_to": date(2025, 1, 1)}, "date_to"),
        ({"month_day_from": "02-30", "month_day_to": "03-01"}, "month_day_from"),
        ({"month_day_from": "02-29", "month_day_to": "3-1"}, "month_day_to"),
    ],
)
def test_a_closure_that_cannot_be_meant_names_its_column(changes: dict[str, Any], column: str):
    with pytest.raises(LeadsError) as told:
        business_calendar(date(2025, 6, 2), date(2025, 6, 2), [hours(0)], [closure(**changes)])

    assert told.value.where == column
