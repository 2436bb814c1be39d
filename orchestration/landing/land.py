"""Lands one night: finds what is new, checks all of it, then writes it in one transaction."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import duckdb

from orchestration.landing import tally
from orchestration.landing.build import (
    Build,
    next_build_id,
    project_fingerprint,
    start_build,
)
from orchestration.landing.control import (
    create_control,
    create_landed,
    next_file_id,
    seen_files,
    tables_known,
)
from orchestration.landing.declarations import Project, Table, read_project
from orchestration.landing.files import discover
from orchestration.landing.group import Group
from orchestration.landing.night import Night, look_at_night
from orchestration.landing.rows import land_group
from orchestration.landing.values import create_macros
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.warehouse import open_warehouse, transaction


@dataclass(frozen=True)
class TableReport:
    """What one night added to one table.

    Attributes:
        connector: The connector's name.
        table_name: The raw table's name.
        is_declared: Whether a model may read it.
        new_rows: Rows that landed.
        refused_rows: Rows that were refused.
        drift: Column names by kind, `unknown` and `missing_optional`.
    """

    connector: str
    table_name: str
    is_declared: bool
    new_rows: int
    refused_rows: int
    drift: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class LandingReport:
    """What one night landed.

    Attributes:
        build: The build that was started with it.
        tables: The tables with new files, by connector and name.
    """

    build: Build
    tables: tuple[TableReport, ...]

    @property
    def new_rows(self) -> int:
        """Rows that landed, of all tables."""
        return sum(table.new_rows for table in self.tables)

    @property
    def refused_rows(self) -> int:
        """Rows that were refused, of all tables."""
        return sum(table.refused_rows for table in self.tables)


def land(
    settings: Settings,
    *,
    force_full_refresh: bool = False,
    log: Callable[[str], None],
    root: Path = PROJECT_ROOT,
) -> LandingReport:
    """Land what is new since the last night and start the build.

    Args:
        settings: The raw folder, the warehouse, the moment and the connectors.
        force_full_refresh: Tell the models to build everything anew in any case.
        log: Is given lines for people.
        root: The project's folder, for its declarations.

    Returns:
        What landed.

    Raises:
        LeadsError: Something raw or declared is wrong; nothing has landed then.
    """
    project = read_project(root)
    fingerprint = project_fingerprint(root)
    with (
        open_warehouse(settings.warehouse) as connection,
        tempfile.TemporaryDirectory(prefix="leads-landing-") as scratch,
    ):
        # The number of a row is its place in the file.
        connection.execute("set preserve_insertion_order = true")
        create_macros(connection, project.time_zone)
        create_control(connection)
        seen = seen_files(connection)
        before = declarations_before(connection)
        files = discover(settings, project.connectors, {key[0] for key in seen}, connection)
        log(f"{len(files)} raw files found")
        there = {table_key(file) for file in files} | {key[:2] for key in seen}
        tables = all_tables(project, there | before.keys())
        check_tables(there, tables.values())
        anew = [
            table
            for key, table in tables.items()
            if table.is_declared and before.get(key, "") not in ("", declaration(table, project))
        ]
        night = look_at_night(
            files,
            {key: was for key, was in seen.items() if tables[key[:2]] not in anew},
            tables,
            connection,
            Path(scratch),
            next_file_id(connection),
        )
        with transaction(connection):
            batch = next_build_id(connection)
            for table in anew:
                log(f"{table.label}: declared otherwise than before, lands anew")
                set_aside(connection, table)
            reports = _land_night(connection, night, tables, project, batch, log)
            for table in anew: ...
            build = start_build(
                connection,
                settings.as_of.replace(tzinfo=None),
                fingerprint,
                tally.newest_synced_at(connection, night.tables, batch),
                force_full_refresh=force_full_refresh,
            )
            for group in night.groups:
                tally.keep_payloads(
                    connection, group, batch, project.earliest_date, build.future_limit
                )
    return LandingReport(build, reports)


def _report(
    connection: duckdb.DuckDBPyConnection, table: Table, groups: list[Group], batch: int
) -> TableReport:
    drift = tally.drift(groups) if table.is_declared else {}
    tally.write_drift(connection, table, drift, batch)
    new_rows, refused_rows = tally.new_rows(connection, table, batch)
    return TableReport(
        table.connector, table.name, table.is_declared, new_rows, refused_rows, drift
    )
