"""Values all leads as of a past moment, from the rows that landed, in a warehouse of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import duckdb

from orchestration.errors import LeadsError
from orchestration.landing.build import start_build
from orchestration.landing.control import (
    create_control,
    create_landed,
    declaration,
    declarations_before,
)
from orchestration.landing.declarations import Project
from orchestration.landing.declarations import read_project as read_declarations
from orchestration.landing.sql import identifier, literal
from orchestration.nightly import printing_into
from orchestration.replaying.rules import copy_with_rules_of
from orchestration.rules.seeds import validate_seeds
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.steps.build import local_day
from orchestration.steps.business_days import write_business_days
from orchestration.steps.identities import write_identities
from orchestration.steps.lifecycles import write_lifecycles
from orchestration.steps.texts import write_texts
from orchestration.warehouse import open_warehouse, transaction

RulesOf = Literal["that-day", "today"]
RULES_OF: tuple[RulesOf, ...] = ("that-day", "today")

Write = Callable[[duckdb.DuckDBPyConnection, Path], object]


@dataclass(frozen=True)
class Replay:
    """What a replay wrote.

    Attributes:
        path: Parquet file with the columns of `lead_scores`.
        leads: How many leads it values.
        bands: How many of them are in each band.
    """

    path: Path
    leads: int
    bands: dict[str, int]


def replay(
    settings: Settings, moment: datetime, rules_of: RulesOf, *, root: Path = PROJECT_ROOT
) -> Replay:
    """Value all leads as of a moment: what a night with LEADS_AS_OF would say of the same rows.

    Args:
        settings: Whose warehouse holds the rows; its as-of is what `today` means.
        moment: The moment to speak about, timezone-aware.
        rules_of: `that-day` for the rules as they were valid on each day, `today` for the rules
            that give points and bands today, applied to all days.
        root: The project's folder.

    Returns:
        Where the scores stand: `$LEADS_HOME/replays`.

    Raises:
        LeadsError: Nothing landed, the moment lies after the last night's, or a rule is wrong.
    """
    from orchestration.defs.night import only_night, settings_for_dbt

    declared = read_declarations(root)
    today = local_day(settings.as_of.astimezone(UTC).replace(tzinfo=None), declared.time_zone)
    as_of = moment.astimezone(UTC).replace(tzinfo=None)
    validate_seeds(root, today)
    if not settings.warehouse.exists():
        raise _nothing_landed(settings.warehouse)
    (settings.home / "logs").mkdir(exist_ok=True)
    with (
        only_night(settings.home),
        printing_into(settings.home / "logs" / "replay.log"),
        tempfile.TemporaryDirectory(prefix="replay-", dir=settings.home) as scratch,
    ):
        beside = replace(settings, home=Path(scratch) / "home", as_of=moment)
        project = root
        if rules_of == "today":
            project = Path(scratch) / "project"
            copy_with_rules_of(today, root, project)
        with open_warehouse(beside.warehouse, memory_limit=settings.memory) as connection:
            _copy_landed(connection, settings.warehouse, declared, as_of)
        with settings_for_dbt(beside):
            _build(beside, project)
        path = settings.home / "replays" / f"lead_scores_{as_of:%Y%m%dT%H%M%SZ}_{rules_of}.parquet"
        path.parent.mkdir(exist_ok=True)
        with open_warehouse(beside.warehouse) as connection:
            return _export(connection, path)


def _copy_landed(
    connection: duckdb.DuckDBPyConnection, source: Path, declared: Project, as_of: datetime
) -> None:
    """Copy what landed, and start a build that knows nothing but that."""
    try:
        connection.execute(f"attach {literal(str(source))} as source (read_only)")
    except duckdb.IOException as error:
        raise LeadsError(
            f"the warehouse cannot be read: {str(error).splitlines()[0]}",
            where=str(source),
            mend="let the process that holds it end, or close it",
        ) from error
    tables = connection.execute(
        """
        select schema_name, table_name from duckdb_tables()
        where database_name = 'source'
            and (starts_with(schema_name, 'landed_') or schema_name = 'control')
        """
    ).fetchall()
    with transaction(connection):
        for schema, table in tables:
            relation = f"{identifier(schema)}.{identifier(table)}"
            connection.execute(f"create schema if not exists {identifier(schema)}")
            connection.execute(f"create table {relation} as from source.{relation}")
        built = connection.execute("select as_of, newest_synced_at from control.build").fetchall()
        if not built:
            raise _nothing_landed(source)
        (last, newest_synced_at), *_ = built
        if as_of > last:
            raise LeadsError(
                f"{as_of} lies after the last night, which spoke about {last}",
                where="--as-of",
                mend="name a moment before it, or run a night for that moment",
            )
        _check_declarations(connection, declared)
        connection.execute("delete from control.touched_leads")
        connection.execute("delete from control.touched_activities")
        start_build(connection, as_of, "replay", newest_synced_at, force_full_refresh=True)
    connection.execute("detach source")


def _check_declarations(connection: duckdb.DuckDBPyConnection, declared: Project) -> None:
    """Make the tables that no night has seen yet; refuse those that landed in another shape."""
    create_control(connection)
    before = declarations_before(connection)
    for tables in declared.connectors.values():
        for table in tables.values():
            if before.get(table.key_of, declaration(table, declared)) != declaration(
                table, declared
            ):
                raise LeadsError(
                    "the table is declared otherwise than when it landed",
                    where=table.label,
                    mend="run a night first, with make nightly",
                )
            create_landed(connection, table)


def _build(settings: Settings, project: Path) -> None:
    """Build what the scores are made of, part by part, as a night does."""
    from orchestration.defs.dbt import PARTS
    from orchestration.defs.dbt_command import build, read_project
    from orchestration.defs.dbt_results import judge_build

    target = settings.home / "dbt"
    read = read_project(project, target)

    def dbt(**selection: str) -> None:
        # Tests are for what is published.
        chosen = selection | {"exclude-resource-type": "test"}
        judge_build(build(chosen, project, target, read, full_refresh=True), target / "dbt.log")

    persons, scoring, marts = PARTS
    _write(settings, project, write_texts, write_business_days)
    dbt(select=persons.select, exclude=persons.exclude)
    _write(settings, project, write_identities)
    dbt(select=scoring.select, exclude=scoring.exclude)
    _write(settings, project, write_lifecycles)
    dbt(select=f"+lead_scores,{marts.select}")


def _write(settings: Settings, project: Path, *steps: Write) -> None:
    with open_warehouse(settings.warehouse, memory_limit=settings.memory) as connection:
        for step in steps:
            step(connection, project)


def _export(connection: duckdb.DuckDBPyConnection, path: Path) -> Replay:
    connection.execute(
        f"copy (select * from main.lead_scores order by lead_id) to {literal(str(path))}"
        " (format parquet, compression zstd)"
    )
    bands = connection.execute(
        "select score_band, count(*) from main.lead_scores group by all"
        " order by max(total_score) desc"
    ).fetchall()
    return Replay(path, sum(leads for _, leads in bands), dict(bands))


def _nothing_landed(source: Path) -> LeadsError:
    return LeadsError(
        "nothing has landed that could be valued",
        where=str(source),
        mend="run a night first, with make nightly",
    )
