"""Writes `calendar.business_days`, from the first day anything happened to well after the as-of."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb

from orchestration.calendar.days import business_calendar
from orchestration.landing.declarations import read_project
from orchestration.rules.seeds import read_seed
from orchestration.steps.build import current_build
from orchestration.warehouse import transaction

# A due time may lie a year of holidays ahead, a period of the funnel at most a quarter.
_DAYS_AHEAD = 400


def write_business_days(connection: duckdb.DuckDBPyConnection, root: Path) -> int:
    """Lay out the business calendars.

    Args:
        connection: The warehouse, after the landing.
        root: The project's folder, for its seeds and the earliest possible day.

    Returns:
        How many rows, one per calendar and day, there are.
    """
    as_of = current_build(connection).as_of
    days = business_calendar(
        read_project(root).earliest_date,
        (as_of + timedelta(days=_DAYS_AHEAD)).date(),
        read_seed(root, "working_hours"),
        read_seed(root, "company_closures"),
    )
    connection.register("days", days)
    with transaction(connection):
        connection.execute("create schema if not exists calendar")
        connection.execute("create or replace table calendar.business_days as from days")
    connection.unregister("days")
    return int(days.num_rows)
