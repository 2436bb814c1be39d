"""Lands one night: finds what is new, checks all of it, then writes it in one transaction."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import duckdb

from orchestration.landing import tally
from orchestration.landing.anew import carry_over, set_aside
from orchestration.landing.build import Build, next_build_id, project_fingerprint, start_build
from orchestration.landing.changed_rules import note_rules
from orchestration.landing.control import create_control, create_landed
from orchestration.landing.declarations import Project, Table, read_project
from orchestration.landing.drift import drift_of, write_drift
from orchestration.landing.files import unknown_folders
from orchestration.landing.night import Night, plan_night
from orchestration.landing.rows import land_group
from orchestration.landing.unchanged import note_unchanged
from orchestration.landing.values import create_macros
from orchestration.rules.declarations import load_declarations
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
        tables: The tables that got files, by connector and name.
        concerned: How many leads each seed with changed rows concerns.
    """

    build: Build
    tables: tuple[TableReport, ...]
    concerned: Mapping[str, int]

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
        open_warehouse(settings.warehouse, memory_limit=settings.memory) as connection,
        tempfile.TemporaryDirectory(prefix="leads-landing-") as scratch,
    ):
        # The number of a row is its place in the file.
        connection.execute("set preserve_insertion_order = true")
        create_macros(connection, project.time_zone)
        create_control(connection)
        log(f"looking for raw tables in {settings.raw}")
        for folder in unknown_folders(settings.raw, project.connectors):
            log(f"{folder}: no known connector has this name, its files are left out")
        night = plan_night(connection, settings, project, Path(scratch))
        with transaction(connection):
            batch = next_build_id(connection)
            _land_rows(connection, night, project, batch, log)
            reports = tuple(_report(connection, table, night, batch) for table in night.written)
            build = start_build(
                connection,
                settings.as_of.astimezone(UTC).replace(tzinfo=None),
                fingerprint,
                tally.newest_synced_at(connection, night.written, batch),
                force_full_refresh=force_full_refresh,
            )
            concerned = note_rules(connection, root, build)
            declared = [table for table in night.tables if table.is_declared]
            note_unchanged(connection, declared, load_declarations(root), concerned, build)
            for group in night.groups:
                tally.keep_payloads(
                    connection, group, batch, project.earliest_date, build.future_limit
                )
    report = LandingReport(build, reports, concerned)
    log(f"{report.new_rows:,} new rows landed, {report.refused_rows:,} were refused")
    return report


def _land_rows(
    connection: duckdb.DuckDBPyConnection,
    night: Night,
    project: Project,
    batch: int,
    log: Callable[[str], None],
) -> None:
    for table in night.anew:
        log(f"{table.label} is declared otherwise than before and lands anew")
        set_aside(connection, table)
    for table in night.tables:
        create_landed(connection, table)
    tally.add_files(connection, night.groups, batch)
    tally.note_touched(connection, night.touched)
    for group in night.groups:
        rows = sum(arrival.rows for arrival in group.arrivals)
        log(f"{group.table.label}: {len(group.arrivals)} files, {rows:,} rows")
        land_group(connection, group, batch, project.earliest_date)
    for table, former in night.anew.items():
        carry_over(connection, table, former, night.groups_of(table), batch, project.earliest_date)
    tally.count_files(connection, night.written, batch)
    tally.count_tables(connection, night.tables, project)


def _report(
    connection: duckdb.DuckDBPyConnection, table: Table, night: Night, batch: int
) -> TableReport:
    drift = drift_of(table, night.groups_of(table))
    write_drift(connection, table, drift, batch)
    new_rows, refused_rows = tally.new_rows(connection, table, batch)
    return TableReport(
        table.connector, table.name, table.is_declared, new_rows, refused_rows, drift
    )
