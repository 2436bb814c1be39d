"""Writes the `text` schema: one table per kind of text, one row per distinct raw text.

`changed_in_build` says in which build a text came or got another form.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path

import duckdb

from orchestration.landing.declarations import Column, read_project
from orchestration.rules.seeds import read_seed
from orchestration.steps.build import CurrentBuild, current_build, local_day
from orchestration.text.normalise import TEXT_KINDS, TextRules, normalise_texts
from orchestration.text.titles import title_rules
from orchestration.warehouse import transaction


def write_texts(connection: duckdb.DuckDBPyConnection, root: Path) -> dict[str, int]:
    """Normalise the texts that no earlier night has seen, and titles whose rules are others today.

    Args:
        connection: The warehouse, after the landing.
        root: The project's folder, for its declarations and seeds.

    Returns:
        How many texts of each kind are new.
    """
    build = current_build(connection)
    day = local_day(build.as_of, read_project(root).time_zone)
    rules = TextRules.from_seeds(partial(read_seed, root), day)
    columns = _columns(root)
    new: dict[str, int] = {}
    with transaction(connection):
        connection.execute("create schema if not exists text")
        for kind in TEXT_KINDS:
            if build.is_full_refresh:
                connection.execute(f"drop table if exists text.{kind}")
            new[kind] = _write_kind(connection, kind, columns.get(kind, []), rules, build)
        if not build.is_full_refresh and _title_rules_changed(connection, root, day):
            _classify_again(connection, rules, build)
    return new


def _write_kind(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    columns: list[tuple[str, str, str]],
    rules: TextRules,
    build: CurrentBuild,
) -> int:
    empty = normalise_texts(kind, [], rules)
    connection.register("normal_forms", empty)
    connection.execute(
        f"create table if not exists text.{kind} as"
        " select *, cast(null as integer) as changed_in_build from normal_forms"
    )
    raw = " union ".join(
        f'select "{column}" as raw_value from {relation}'
        f' where "{column}" is not null and {of_interest}'
        " and _batch > (select completed_build_id from control.build)"
        for relation, column, of_interest in columns
    )
    if not raw:
        return 0
    values = connection.execute(
        f"select raw_value from ({raw}) where raw_value not in (select raw_value from text.{kind})"
        " order by raw_value"
    ).fetchall()
    connection.register(
        "normal_forms", normalise_texts(kind, (value for (value,) in values), rules)
    )
    connection.execute(f"insert into text.{kind} select *, {build.build_id} from normal_forms")
    connection.unregister("normal_forms")
    return len(values)


def _title_rules_changed(connection: duckdb.DuckDBPyConnection, root: Path, day: date) -> bool:
    """Whether a rule began or ended since the last completed build."""
    row = connection.execute("select completed_as_of from control.build").fetchone()
    completed_as_of: datetime | None = row[0] if row else None
    if completed_as_of is None:
        return False
    rows = read_seed(root, "job_title_rules")
    former_day = local_day(completed_as_of, read_project(root).time_zone)
    return title_rules(rows, former_day) != title_rules(rows, day)


def _classify_again(
    connection: duckdb.DuckDBPyConnection, rules: TextRules, build: CurrentBuild
) -> None:
    titles = connection.execute("select raw_value from text.job_title").fetchall()
    forms = normalise_texts("job_title", (title for (title,) in titles), rules)
    connection.register("normal_forms", forms)
    connection.execute(
        "create or replace temp table changed_titles as from normal_forms"
        " except select * exclude (changed_in_build) from text.job_title"
    )
    connection.execute(
        "delete from text.job_title where raw_value in (select raw_value from changed_titles)"
    )
    connection.execute(f"insert into text.job_title select *, {build.build_id} from changed_titles")
    connection.unregister("normal_forms")


def _columns(root: Path) -> dict[str, list[tuple[str, str, str]]]:
    """The declared columns of each kind of text, as (relation, column, condition of its rows)."""
    columns: dict[str, list[tuple[str, str, str]]] = {}
    for tables in read_project(root).connectors.values():
        for table in tables.values():
            for column in table.columns:
                place = table.relation, column.name, _of_interest(column)
                for kind in column.text:
                    columns.setdefault(kind, []).append(place)
    return columns


def _of_interest(column: Column) -> str:
    """Where values of many fields share a column, the condition of those that are such text."""
    if column.text_of is None:
        return "true"
    named_by, names = column.text_of
    listed = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
    return f'lower("{named_by}") in ({listed})'
