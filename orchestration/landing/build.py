"""The row of the build: its number, the moment it speaks about, and what it must look at again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from orchestration.rules.declarations import load_declarations

_FUTURE = timedelta(days=2)
_FOLDERS = ("models", "macros", "seeds")


@dataclass(frozen=True)
class Build:
    """The build under way; moments are naive UTC.

    Attributes:
        build_id: Its number, which is also that of what landed with it.
        as_of: The moment it speaks about.
        completed_build_id: The last build that came to its end; 0 where everything is new.
        completed_as_of: The moment that one spoke about.
        is_full_refresh: Whether everything is built anew.
        future_limit: An occurrence after it cannot be: the newest row's synchronisation and two
            days.
        newest_synced_at: The newest row's synchronisation.
    """

    build_id: int
    as_of: datetime
    completed_build_id: int
    completed_as_of: datetime | None
    is_full_refresh: bool
    future_limit: datetime
    newest_synced_at: datetime | None


def next_build_id(connection: duckdb.DuckDBPyConnection) -> int:
    """Give the number after the greatest used."""
    row = connection.execute("select coalesce(max(build_id), 0) + 1 from control.builds").fetchone()
    return int(row[0]) if row else 1


def future_limit(as_of: datetime, newest_synced_at: datetime | None) -> datetime:
    """Give the moment after which no occurrence is possible.

    Args:
        as_of: The moment of the build, naive UTC.
        newest_synced_at: The newest synchronisation of all rows, naive UTC, if any is known.
    """
    # A row that says it was synchronised at the end of all days must not end the night.
    newest = newest_synced_at or as_of
    return newest + min(_FUTURE, datetime.max.replace(tzinfo=newest.tzinfo) - newest)


def start_build(
    connection: duckdb.DuckDBPyConnection,
    as_of: datetime,
    fingerprint: str,
    newest_synced_at: datetime | None,
    *,
    force_full_refresh: bool = False,
) -> Build:
    """Number the build, decide how much it looks at, and write both to `control`.

    Everything is built anew where no build is complete, the project changed, the moment lies
    before that of the completed build, or a full refresh was begun and not completed: that one
    may have left tables of its own moment behind.

    Args:
        connection: The warehouse, within the transaction of the night.
        as_of: The moment of the build, naive UTC.
        fingerprint: Hash of the project.
        newest_synced_at: The newest synchronisation of all rows, naive UTC.
        force_full_refresh: Build everything anew in any case.

    Returns:
        The build, as `control.build` has it.
    """
    build_id = next_build_id(connection)
    completed = connection.execute(
        """
        select build_id, as_of, fingerprint from control.builds
        where completed order by build_id desc limit 1
        """
    ).fetchone()
    unfinished = connection.execute(
        "select count(*) from control.builds where is_full_refresh and build_id > ?",
        [completed[0] if completed else 0],
    ).fetchone()
    is_full_refresh = (
        force_full_refresh
        or completed is None
        or completed[2] != fingerprint
        or as_of < completed[1]
        or unfinished != (0,)
    )
    build = Build(
        build_id=build_id,
        as_of=as_of,
        completed_build_id=0 if is_full_refresh or completed is None else completed[0],
        completed_as_of=None if is_full_refresh or completed is None else completed[1],
        is_full_refresh=is_full_refresh,
        future_limit=future_limit(as_of, newest_synced_at),
        newest_synced_at=newest_synced_at,
    )
    connection.execute("delete from control.build")
    connection.execute(
        "insert into control.build values (?, ?, ?, ?, ?, ?, ?)",
        [
            build.build_id,
            build.as_of,
            build.completed_build_id,
            build.completed_as_of,
            build.is_full_refresh,
            build.future_limit,
            build.newest_synced_at,
        ],
    )
    connection.execute(
        "insert into control.builds values (?, ?, ?, ?, false)",
        [build_id, as_of, fingerprint, is_full_refresh],
    )
    return build


def complete_build(connection: duckdb.DuckDBPyConnection) -> None:
    """Mark the build under way as complete: the next one looks only at what comes after it."""
    connection.execute(
        "update control.builds set completed = true"
        " where build_id = (select build_id from control.build)"
    )


def project_fingerprint(root: Path) -> str:
    """Hash all that decides what is built from the same rows.

    Args:
        root: The project's folder.

    Returns:
        SHA-256 over the paths and contents of the models, macros, seeds, `dbt_project.yml` and
        the Python modules of `orchestration`. The rows of seeds that say what they touch are left
        out: `changed_rules` follows them.
    """
    followed = {root / seed.file for seed in load_declarations(root).values() if seed.meta.touches}
    paths = [root / "dbt_project.yml", *(root / "orchestration").rglob("*.py")]
    for folder in _FOLDERS:
        paths += (root / folder).rglob("*")
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in paths):
        if path.is_file() and not path.name.startswith(".") and path not in followed:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{name}\0{content}\n".encode())
    return digest.hexdigest()
