"""The assets that Python makes: each opens the warehouse, lets a step work, and tells of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import duckdb

from orchestration.defs.night import Night
from orchestration.defs.reporting import POOL, PROGRESS, step
from orchestration.landing.declarations import read_project
from orchestration.landing.land import land
from orchestration.rules.seeds import validate_seeds
from orchestration.settings import PROJECT_ROOT
from orchestration.steps.business_days import write_business_days
from orchestration.steps.identities import write_identities
from orchestration.steps.lifecycles import write_lifecycles
from orchestration.steps.texts import write_texts

WriteTables = Callable[[duckdb.DuckDBPyConnection, Path], int]


@dg.asset(group_name="landed", kinds={"python", "duckdb"}, pool=POOL)
def landed(night: Night) -> dg.MaterializeResult[None]:
    """Every raw row once, and the build that starts with it.

    The seeds are checked first: a wrong rule shall stop the night before anything is written.
    """
    with step() as doing:
        zone = ZoneInfo(read_project(PROJECT_ROOT).time_zone)
        validate_seeds(PROJECT_ROOT, night.settings.as_of.astimezone(zone).date())
        report = land(night.settings, log=PROGRESS.debug)
        doing.done = (
            f"landed {report.new_rows:,} new rows of {len(report.tables)} tables,"
            f" {report.refused_rows:,} refused,"
            + "".join(
                f" {leads:,} leads by changed {seed}," for seed, leads in report.concerned.items()
            )
        )
        return dg.MaterializeResult(
            metadata={
                "build_id": report.build.build_id,
                "as_of": str(report.build.as_of),
                "is_full_refresh": report.build.is_full_refresh,
                "new_rows": report.new_rows,
                "refused_rows": report.refused_rows,
            }
        )


def table_asset(
    name: str, write: WriteTables, deps: Sequence[str], description: str, counted: str
) -> dg.AssetsDefinition:
    """Define an asset that a step writes into the warehouse.

    Args:
        name: The name of the asset.
        write: The step; given the open warehouse and the project's folder, it returns a count.
        deps: The assets that it reads.
        description: What is there once it is written.
        counted: What the step counts, for people.
    """

    @dg.asset(
        name=name,
        deps=deps,
        group_name="python",
        kinds={"python", "duckdb"},
        pool=POOL,
        description=description,
    )
    def asset(night: Night) -> dg.MaterializeResult[None]:
        with step() as doing, night.warehouse() as connection:
            count = write(connection, PROJECT_ROOT)
            doing.done = f"{count:,} {counted}"
            return dg.MaterializeResult(metadata={"count": count})

    return asset


def _write_all_texts(connection: duckdb.DuckDBPyConnection, root: Path) -> int:
    return sum(write_texts(connection, root).values())


PYTHON_ASSETS = (
    landed,
    table_asset(
        "business_calendar",
        write_business_days,
        ["landed"],
        "One row per business calendar and day.",
        "calendar days",
    ),
    table_asset(
        "normalised_text",
        _write_all_texts,
        ["landed"],
        "One table per kind of text, one row per distinct raw text.",
        "new texts",
    ),
    table_asset(
        "person_identities",
        write_identities,
        ["int_person_records", "int_identity_edges", "int_match_fields", "int_account_fields"],
        "One row per person record with its lead.",
        "person records with another lead",
    ),
    table_asset(
        "lead_lifecycle",
        write_lifecycles,
        ["scoring_inputs"],
        "What is sequential per lead: capped points, stages, crossings, MQL and SQL.",
        "leads through their lifecycle",
    ),
)
