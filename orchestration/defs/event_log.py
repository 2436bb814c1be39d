"""Dagster's record of a night, in SQLite, written without waiting for the disk at each event.

Dagster opens its database anew for each event. The last connection to close folds the write-ahead
log into the file, which waits for the disk; so one is kept open until the end of the night, and
commits do not wait either. A night that dies with its process loses nothing, one that dies with its
machine the last events, and neither the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any


@contextmanager
def unhurried_event_log() -> Iterator[None]:
    """Let the databases that Dagster opens within the block be closed at its end."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    with ExitStack() as until_the_end:
        kept: dict[str, sqlite3.Connection] = {}

        def keep_open(connection: Any, _: object) -> None:  # noqa: ANN401 - of any engine
            if not isinstance(connection, sqlite3.Connection):
                return
            connection.execute("pragma synchronous = normal")
            path = connection.execute("pragma database_list").fetchone()[2]
            if path and path not in kept:
                own = sqlite3.connect(path, check_same_thread=False)
                kept[path] = until_the_end.enter_context(closing(own))
            if path:
                # Only who has read since the log was begun holds it open.
                kept[path].execute("select count(*) from sqlite_master").fetchone()

        event.listen(Engine, "connect", keep_open)
        until_the_end.callback(event.remove, Engine, "connect", keep_open)
        yield
