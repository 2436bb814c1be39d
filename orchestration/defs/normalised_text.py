"""The normal forms of the distinct texts of the raw tables."""

from __future__ import annotations

from datetime import UTC
from functools import partial
from zoneinfo import ZoneInfo

import dagster as dg
import duckdb

from orchestration.defs.night import Night
from orchestration.defs.steps import POOL, step
from orchestration.defs.warehouse_tables import current_build, replace_rows
from orchestration.landing.build import Build
from orchestration.landing.declarations import Project, read_project
from orchestration.landing.sql import identifier
from orchestration.rules.seeds import read_seed
from orchestration.settings import PROJECT_ROOT
from orchestration.text.normalise import TEXT_KINDS, TextRules, normalise_texts
from orchestration.warehouse import transaction


@dg.asset(group_name="text", kinds={"python", "duckdb"}, pool=POOL, deps=["landed"])
def normalised_text(night: Night) -> dg.MaterializeResult[None]:
    """One table per kind of text, one row per distinct raw text; only new texts are looked at."""
    with step() as doing, night.warehouse() as connection:
        project = read_project(PROJECT_ROOT)
        build = current_build(connection)
        today = build.as_of.replace(tzinfo=UTC).astimezone(ZoneInfo(project.time_zone)).date()
        rules = TextRules.from_seeds(partial(read_seed, PROJECT_ROOT), today)
        counts = {}
        with transaction(connection):
            for kind in TEXT_KINDS:
                texts = _new_texts(connection, project, build, kind)
                forms = normalise_texts(kind, texts, rules)
                # Everything is new in a full build, and nothing old may stay.
                outdated = "true" if build.completed_build_id == 0 else "false"
                replace_rows(connection, f"text.{kind}", forms, outdated)
                counts[kind] = forms.num_rows
        doing.done = f"{sum(counts.values()):,} new texts"
        return dg.MaterializeResult(metadata={f"new_{kind}": n for kind, n in counts.items()})


def _new_texts(
    connection: duckdb.DuckDBPyConnection, project: Project, build: Build, kind: str
) -> list[str]:
    """The texts of one kind that landed after the completed build and are not known yet."""
    landed = " union all ".join(
        f"select {identifier(column.name)} as raw_value from {table.relation}"
        f" where _batch > {build.completed_build_id}"
        for tables in project.connectors.values()
        for table in tables.values()
        for column in table.columns
        if kind in column.text
    )
    known = "" if build.completed_build_id == 0 else f" except select raw_value from text.{kind}"
    if not landed:
        return []
    rows = connection.execute(
        f"select distinct raw_value from ({landed}) where raw_value is not null{known} order by all"
    ).fetchall()
    return [text for (text,) in rows]
