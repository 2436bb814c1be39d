"""Rules that changed since the last completed build, and the leads that they concern.

A seed whose declaration says what it `touches` is no part of the project's fingerprint: its rows
are kept with each build, and a build whose rows differ names the leads to compute anew. They are
looked up in the tables that the builds before left behind. That is enough: whoever has other rows
in those tables tonight is named for that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from orchestration.errors import LeadsError
from orchestration.landing.build import Build
from orchestration.rules.changes import changed_rows
from orchestration.rules.declarations import NOBODY, DataType, Seed, load_declarations
from orchestration.rules.reading import SeedRow, read_table

_ARROW: dict[DataType, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def note_rules(connection: duckdb.DuckDBPyConnection, root: Path, build: Build) -> dict[str, int]:
    """Keep the rows of the seeds, and write the leads that changed ones concern to `control`.

    Builds that were cut short count too: they may have left rows by rules of their own behind.

    Args:
        connection: The warehouse, within the transaction of the night.
        root: The project's folder.
        build: The build that was just started.

    Returns:
        How many leads each changed seed concerns; nothing where everything is built anew.

    Raises:
        LeadsError: A seed or its declaration is wrong.
    """
    seeds = {name: seed for name, seed in load_declarations(root).items() if seed.meta.touches}
    rows = {
        name: [record.row for record in read_table(root, seed).records]
        for name, seed in seeds.items()
    }
    completed = [build.completed_build_id]
    connection.execute("delete from control.rule_rows where build_id < ?", completed)
    connection.execute("delete from control.touched_activities where build_id <= ?", completed)
    concerned: dict[str, int] = {}
    if not build.is_full_refresh:
        for name, seed in seeds.items():
            changed = _changed(connection, seed, rows[name], build)
            if changed:
                concerned[name] = _touch(connection, seed, changed, build.build_id)
    _keep(connection, rows, build.build_id)
    return concerned


def _changed(
    connection: duckdb.DuckDBPyConnection, seed: Seed, now: list[SeedRow], build: Build
) -> list[SeedRow]:
    """The rows that differ from those of any build since the completed one."""
    kept: dict[int, list[SeedRow]] = {}
    for build_id, content in connection.execute(
        """
        select builds.build_id, rule_rows.content
        from control.builds as builds
        left join control.rule_rows as rule_rows
            on rule_rows.build_id = builds.build_id and rule_rows.seed = ?
        where builds.build_id between ? and ?
        order by all
        """,
        [seed.name, build.completed_build_id, build.build_id - 1],
    ).fetchall():
        kept.setdefault(build_id, []).extend([] if content is None else [_read(seed, content)])
    return [row for before in kept.values() for row in changed_rows(before, now)]


def _touch(
    connection: duckdb.DuckDBPyConnection, seed: Seed, changed: list[SeedRow], build_id: int
) -> int:
    """Write down whom and what a seed says its changed rows concern; returns how many leads."""
    if seed.meta.touches in (NOBODY, None):
        return 0
    schema = pa.schema([(column.name, _ARROW[column.data_type]) for column in seed.columns])
    connection.register("changed_rows", pa.Table.from_pylist(changed, schema))
    counts = []
    try:
        for key, query in (
            ("activity_id", seed.meta.touches_activities),
            ("lead_id", seed.meta.touches),
        ):
            if query:
                counts.append(_write_keys(connection, seed, key, query, build_id))
    finally:
        connection.unregister("changed_rows")
    return counts[-1]


def _write_keys(
    connection: duckdb.DuckDBPyConnection, seed: Seed, key: str, query: str, build_id: int
) -> int:
    table = "touched_leads" if key == "lead_id" else "touched_activities"
    try:
        touched = connection.execute(
            f"""
            insert into control.{table}
            select distinct {build_id}, 'seed {seed.name}', {key} from ({query})
            where {key} is not null
            """
        ).fetchone()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise LeadsError(
            f"what {seed.name} touches cannot be looked up: {' '.join(str(error).split())}",
            where=seed.declared_in,
            mend="correct `touches`; without it a changed row makes the night a full refresh",
        ) from error
    return int(touched[0]) if touched else 0


def _keep(
    connection: duckdb.DuckDBPyConnection, rows: Mapping[str, list[SeedRow]], build_id: int
) -> None:
    contents = [
        (build_id, name, json.dumps(row, ensure_ascii=False, default=date.isoformat))
        for name, of_seed in rows.items()
        for row in of_seed
    ]
    if contents:
        connection.executemany("insert into control.rule_rows values (?, ?, ?)", contents)


def _read(seed: Seed, content: str) -> SeedRow:
    row: SeedRow = json.loads(content)
    for column in seed.columns:
        if column.data_type == "date" and row[column.name] is not None:
            row[column.name] = date.fromisoformat(row[column.name])
    return row
