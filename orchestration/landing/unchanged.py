"""Tables that give a build what they gave the last completed one, so that what reads them may stay.

A landed table does so where no row came since and no moment in it passed meanwhile: none that was
not yet to be seen. A seed does where its rows are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import duckdb

from orchestration.landing.build import Build, future_limit
from orchestration.landing.declarations import Table
from orchestration.landing.sql import identifier
from orchestration.landing.typed import landed_columns


def note_unchanged(
    connection: duckdb.DuckDBPyConnection,
    tables: Iterable[Table],
    seeds: Iterable[str],
    changed_seeds: Collection[str],
    build: Build,
) -> None:
    """Write `control.unchanged_tables`; nothing where everything is built anew.

    Args:
        connection: The warehouse, within the transaction of the night.
        tables: The landed tables that models may read.
        seeds: The names of all seeds.
        changed_seeds: Those whose rows differ from those of any build since the completed one.
        build: The build that was just started.
    """
    connection.execute("delete from control.unchanged_tables")
    if build.is_full_refresh:
        return
    unchanged = [("seeds", seed) for seed in seeds if seed not in changed_seeds]
    unchanged += [
        (table.schema, table.name) for table in tables if _is_unchanged(connection, table, build)
    ]
    if unchanged:
        connection.executemany("insert into control.unchanged_tables values (?, ?)", unchanged)


def _is_unchanged(connection: duckdb.DuckDBPyConnection, table: Table, build: Build) -> bool:
    passed = " or ".join(
        f"({name} > $completed_as_of and {name} <= $last_possible)"
        for name, sql_type in _columns(table).items()
        if sql_type in ("TIMESTAMP", "DATE")
    )
    row = connection.execute(
        f"select 1 from {table.relation} where _batch > $completed or {passed} limit 1",
        {
            "completed": build.completed_build_id,
            "completed_as_of": build.completed_as_of,
            "last_possible": _last_possible(build),
        },
    ).fetchone()
    return row is None


def _last_possible(build: Build) -> datetime:
    """What lies later was impossible for the completed build, and is so for this one."""
    limits = [build.as_of, build.future_limit]
    if build.completed_as_of is not None:
        # The limit of a build that knew of no synchronisation.
        limits.append(future_limit(build.completed_as_of, None))
    return max(limits)


def _columns(table: Table) -> dict[str, str]:
    return {identifier(name): sql_type for name, sql_type in landed_columns(table).items()}
