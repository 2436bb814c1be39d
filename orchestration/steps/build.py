"""The build under way, as the landing left it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import duckdb

from orchestration.errors import LeadsError


@dataclass(frozen=True)
class CurrentBuild:
    """The row of `control.build` as far as the steps need it.

    Attributes:
        build_id: The number of the build.
        as_of: The moment it speaks about, naive UTC.
        completed_build_id: The build it starts from; 0 where everything is built anew.
        is_full_refresh: Whether everything is built anew.
    """

    build_id: int
    as_of: datetime
    completed_build_id: int
    is_full_refresh: bool


def current_build(connection: duckdb.DuckDBPyConnection) -> CurrentBuild:
    """Read the build under way.

    Raises:
        LeadsError: Nothing has landed yet.
    """
    query = "select build_id, as_of, completed_build_id, is_full_refresh from control.build"
    try:
        row = connection.execute(query).fetchone()
    except duckdb.CatalogException:
        row = None
    if row is None:
        raise LeadsError(
            "nothing has landed yet, so there is no build",
            where="control.build in the warehouse",
            mend="land the raw tables first: make nightly",
        )
    return CurrentBuild(*row)


def local_day(moment: datetime, time_zone: str) -> date:
    """Give the calendar day of a moment.

    Args:
        moment: Naive UTC.
        time_zone: The zone whose days count.
    """
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone)).date()


def silent_connectors(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Name the connectors of which no row ever landed: once built, their models stay empty."""
    rows = connection.execute(
        "select connector from control.landed_tables"
        " group by connector having sum(landed_rows) = 0 order by connector"
    )
    return [connector for (connector,) in rows.fetchall()]
