"""The business calendars as a table."""

from __future__ import annotations

from datetime import date

import dagster as dg

from orchestration.calendar.days import business_calendar as calendar_days
from orchestration.defs.night import Night
from orchestration.defs.steps import POOL, step
from orchestration.defs.warehouse_tables import current_build, replace_rows
from orchestration.rules.seeds import read_seed
from orchestration.settings import PROJECT_ROOT

FIRST_DAY = date(2000, 1, 1)
# A clock that starts shortly before the as-of stops some time after it.
YEARS_AHEAD = 2


@dg.asset(group_name="calendar", kinds={"python", "duckdb"}, pool=POOL, deps=["landed"])
def business_calendar(night: Night) -> dg.MaterializeResult[None]:
    """One row per calendar and day, with the working minutes of all days before it."""
    with step() as doing, night.warehouse() as connection:
        last_day = date(current_build(connection).as_of.year + YEARS_AHEAD, 12, 31)
        days = calendar_days(
            FIRST_DAY,
            last_day,
            read_seed(PROJECT_ROOT, "working_hours"),
            read_seed(PROJECT_ROOT, "company_closures"),
        )
        replace_rows(connection, "calendar.business_days", days)
        doing.done = f"{days.num_rows:,} calendar days"
        return dg.MaterializeResult(metadata={"dagster/row_count": days.num_rows})
