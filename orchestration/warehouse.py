"""Opens the warehouse: one DuckDB file that one process holds at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.errors import LeadsError

# For who opens the warehouse without the settings of a run; profiles.yml gives dbt the same.
MEMORY_LIMIT = "4GB"


@contextmanager
def open_warehouse(
    path: Path, *, memory_limit: str = MEMORY_LIMIT
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse on all cores, in UTC, and close it at the end.

    Args:
        path: The DuckDB file; it and its folder are made where they are missing.
        memory_limit: How much memory the engine may use before it spills to disk, as `6GB`.

    Yields:
        The connection.

    Raises:
        LeadsError: The file is held by another process, is no warehouse, or cannot be written.
    """
    connection = _connect(path)
    try:
        # Set, not given while connecting: a second connection of this process with another
        # configuration would be refused.
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set memory_limit = '{memory_limit}'")
        connection.execute("set enable_progress_bar = false")
        yield connection
    finally:
        connection.close()


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Do all of the block or, where it raises or is killed, nothing."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(path)
    except OSError as error:
        raise LeadsError(
            f"the folder of the warehouse cannot be made: {error.strerror}",
            where=str(path.parent),
            mend="set LEADS_HOME to a folder that can be written",
        ) from error
    except duckdb.Error as error:
        message = str(error)
        if "lock" in message.lower():
            raise LeadsError(
                f"another process holds the warehouse: {_holder(message)}",
                where=str(path),
                mend="let it end or close it; read published/current/lead_marts.duckdb instead",
            ) from error
        raise LeadsError(
            f"the warehouse cannot be opened: {message.splitlines()[0]}",
            where=str(path),
            mend="set LEADS_HOME to a folder whose warehouse.duckdb was made by this project",
        ) from error


def _holder(message: str) -> str:
    """Returns the program and process number that DuckDB names, as `python (PID 42)`."""
    _, _, holder = message.partition("held in ")
    return holder.split(". ", maxsplit=1)[0].splitlines()[0] if holder else "a program unknown"
