"""The build under way, as the landing left it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import duckdb

from orchestration.errors import LeadsError
from orchestration.text.normalise import TEXT_KINDS


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


def unchanged_tables(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Name the tables that give this build what they gave the completed one, as `schema.table`.

    Landed tables, and the tables of texts; none where everything is built anew.
    """
    build = current_build(connection)
    if build.is_full_refresh:
        return frozenset()
    landed = "select schema_name || '.' || table_name from control.unchanged_tables"
    texts = " union all ".join(
        f"select 'text.{kind}' from text.{kind}"
        f" having coalesce(max(changed_in_build), 0) <= {build.completed_build_id}"
        for kind in TEXT_KINDS
    )
    rows = connection.execute(f"{landed} union all {texts}").fetchall()
    return frozenset(name for (name,) in rows)
