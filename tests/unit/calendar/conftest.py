"""The shipped business calendar of Tokyo over the years the tests speak of."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from orchestration.calendar.days import business_calendar
from orchestration.calendar.elapsed import BusinessCalendar
from orchestration.rules.seeds import read_seed
from orchestration.settings import PROJECT_ROOT


@pytest.fixture(scope="session")
def shipped_table() -> pa.Table:
    calendars = business_calendar(
        date(2024, 1, 1),
        date(2026, 12, 31),
        read_seed(PROJECT_ROOT, "working_hours"),
        read_seed(PROJECT_ROOT, "company_closures"),
    )
    return calendars.filter(pc.field("calendar_id") == "default")


@pytest.fixture(scope="session")
def shipped(shipped_table: pa.Table) -> BusinessCalendar:
    return BusinessCalendar.from_table(shipped_table)
