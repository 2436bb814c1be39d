"""The SLA clock of the models, against working minutes that are counted one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from orchestration.blank import make_blank_warehouse
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.steps.business_days import write_business_days
from orchestration.warehouse import open_warehouse
from tests.support.nights import Nights

AS_OF = datetime(2026, 12, 1, 15, tzinfo=UTC)
FIRST, LAST = "2025-12-01", "2027-02-01"

# Of each zone where owners work: the days off, as printed in calendars.
DAYS_OFF = {
    "Asia/Tokyo": [
        *("2025-12-29", "2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02", "2026-01-03"),
        *("2026-01-12", "2026-02-11", "2026-02-23", "2026-03-20", "2026-04-29"),
        # Sunday 3 May is Constitution Day, made up for on Wednesday.
        *("2026-05-04", "2026-05-05", "2026-05-06", "2026-07-20", "2026-08-11", "2026-09-21"),
        # A day between two holidays is one.
        *("2026-09-22", "2026-09-23", "2026-10-12", "2026-11-03", "2026-11-23"),
    ],
    "America/New_York": [
        *("2025-12-25", "2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19"),
        *("2026-07-03", "2026-09-07", "2026-10-12", "2026-11-11", "2026-11-26"),
    ],
    "Europe/London": [
        *("2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04"),
        *("2026-05-25", "2026-08-31"),
    ],
}
# A zone without a calendar, and no zone at all: the policy's calendar.
LIKE_TOKYO = ("Australia/Sydney", None)
# Weekends and the days around them, Golden Week, the turn of the year, and the changes of the
# clocks: on Sundays 8 March and 1 November in New York, 29 March and 25 October in London.
DAYS = (
    *("2025-12-26", "2025-12-28", "2025-12-31", "2026-01-02", "2026-01-03", "2026-01-05"),
    *("2026-03-06", "2026-03-08", "2026-03-09", "2026-03-27", "2026-03-29", "2026-04-28"),
    *("2026-05-01", "2026-05-02", "2026-05-06", "2026-05-07", "2026-10-23", "2026-10-25"),
    *("2026-10-30", "2026-11-01", "2026-11-02"),
)
TIMES = ("00:00", "08:59", "09:00", "09:01", "13:00", "17:59", "18:00", "23:59")
# Minutes from the hand-over to the follow-up; None: there is none.
PAUSES = (0, 1, 59, 61, 239, 240, 241, 480, 481, 1_440, 1_441, 4_320, 7_200, 14_400, None)


@dataclass(frozen=True)
class Case:
    """A hand-over and its follow-up, naive UTC."""

    number: int
    zone: str | None
    handed_off_at: datetime
    followed_up_at: datetime | None
    has_requested_meeting: bool

    @property
    def minutes(self) -> int:
        return 240 if self.has_requested_meeting else 480

    @property
    def row(self) -> dict[str, object]:
        key = f"{self.number:04d}"
        return {
            "handoff_id": key,
            "lead_id": key,
            "zone": self.zone,
            "handed_off_at": self.handed_off_at,
            "followed_up_at": self.followed_up_at,
            "has_requested_meeting": self.has_requested_meeting,
        }


def cases() -> Iterator[Case]:
    pauses, requests = cycle(PAUSES), cycle((False, True, True, False, False))
    number = 0
    for zone in (*DAYS_OFF, *LIKE_TOKYO):
        for day in DAYS:
            for time in TIMES:
                wall = datetime.fromisoformat(f"{day} {time}").replace(
                    tzinfo=ZoneInfo(zone if zone in DAYS_OFF else "Asia/Tokyo")
                )
                at = wall.astimezone(UTC).replace(tzinfo=None)
                pause = next(pauses)
                followed_up_at = None if pause is None else at + timedelta(minutes=pause)
                yield Case(number, zone, at, followed_up_at, next(requests))
                number += 1


class Minutes:
    """Every minute of a zone from FIRST to LAST, and whether it is worked."""

    def __init__(self, zone: str) -> None:
        self._start = datetime.fromisoformat(FIRST)
        minutes = pd.date_range(FIRST, LAST, freq="min", tz="UTC").tz_convert(zone)
        off = pd.DatetimeIndex(DAYS_OFF[zone]).tz_localize(zone)
        worked = (minutes.hour >= 9) & (minutes.hour < 18) & (minutes.weekday < 5)
        self._worked = worked & ~minutes.normalize().isin(off)

    def between(self, start: datetime, end: datetime) -> int:
        return int(self._worked[self._place(start) : self._place(end)].sum())

    def used_up(self, start: datetime, minutes: int) -> datetime:
        """The end of the worked minute of that number."""
        first = self._place(start)
        last = first + int(np.flatnonzero(self._worked[first:])[minutes - 1])
        return self._start + timedelta(minutes=last + 1)

    def _place(self, moment: datetime) -> int:
        return (moment - self._start) // timedelta(minutes=1)


@pytest.fixture(scope="module")
def clocked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What fct_handoffs says of the cases, computed by the models themselves."""
    home = tmp_path_factory.mktemp("clock")
    make_blank_warehouse(Settings(raw=home, home=home, as_of=AS_OF))
    nights = Nights(home, home)
    handed_over = pa.Table.from_pylist([case.row for case in cases()])
    with open_warehouse(nights.warehouse) as connection:
        write_business_days(connection, PROJECT_ROOT)
        connection.execute("create schema if not exists intermediate")
        connection.register("cases", handed_over)
        connection.execute(_INPUTS)
        connection.unregister("cases")
    models = "int_business_hours int_handoff_owners int_handoff_policies fct_handoffs"
    seeds = "sla_policies time_zone_calendars"
    kinds = ("--resource-type", "seed", "--resource-type", "model")
    nights.dbt("build", "--select", f"{models} {seeds}", *kinds)
    with open_warehouse(nights.warehouse) as connection:
        told = connection.execute("select * from main.fct_handoffs").to_arrow_table()
    return {str(row["handoff_id"]): row for row in told.to_pylist()}


_INPUTS = """
create table intermediate.int_handoff_starts as
    select
        handoff_id, lead_id, handed_off_at as qualified_at, handed_off_at, has_requested_meeting,
        null::timestamp as lost_at, null::timestamp as next_handed_off_at
    from cases;
create table intermediate.int_sales_users_unioned as
    select distinct 'of ' || coalesce(zone, 'no zone') as user_id, zone as time_zone from cases;
create table intermediate.int_lead_attributes as
    select
        lead_id, 'owner_id' as attribute, 'of ' || coalesce(zone, 'no zone') as value,
        timestamp '2025-01-01' as valid_from, null::timestamp as valid_to
    from cases;
create table intermediate.int_sales_work as
    select lead_id, handoff_id as activity_id, followed_up_at as occurred_at, true as is_contact
    from cases where followed_up_at is not null;
create table intermediate.int_handoff_grades as
    select handoff_id, 'D4' as grade from cases;
create table intermediate.int_lead_segments as
    select
        lead_id, 'unknown-unknown' as segment_id, timestamp '2025-01-01' as valid_from,
        null::timestamp as valid_to
    from cases;
create table intermediate.int_handoff_responses (
    handoff_id varchar, accepted_at timestamp, rejected_at timestamp, recycled_at timestamp,
    reject_reason varchar
);
"""


@pytest.fixture(scope="module")
def minutes() -> dict[str | None, Minutes]:
    counted: dict[str | None, Minutes] = {zone: Minutes(zone) for zone in DAYS_OFF}
    return counted | dict.fromkeys(LIKE_TOKYO, counted["Asia/Tokyo"])


def test_the_clock_of_every_hand_over_is_as_counted_minute_by_minute(
    clocked: dict[str, dict[str, object]], minutes: dict[str | None, Minutes]
) -> None:
    wrong = []
    now = AS_OF.replace(tzinfo=None)
    for case in cases():
        clock, until = minutes[case.zone], case.followed_up_at or now
        due_at = clock.used_up(case.handed_off_at, case.minutes)
        status = (
            ("overdue" if now > due_at else "open")
            if case.followed_up_at is None
            else ("met" if case.followed_up_at <= due_at else "breached")
        )
        counted = (due_at, clock.between(case.handed_off_at, until), status)
        row = clocked[f"{case.number:04d}"]
        told = (row["due_at"], row["elapsed_business_minutes"], row["sla_status"])
        if told != counted:
            wrong.append((case, told, counted))
    assert wrong == []


def test_the_cases_are_many_and_meet_every_status(clocked: dict[str, dict[str, object]]) -> None:
    statuses = [row["sla_status"] for row in clocked.values()]

    assert len(statuses) == 5 * 21 * 8
    # Nothing is open any more at the as-of, months later.
    assert set(statuses) == {"met", "breached", "overdue"}
