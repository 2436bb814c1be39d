"""Dagster's record of a night, in SQLite, written without waiting for the disk at each event.

Dagster opens its database anew for each of some thousand events, and compiles each statement anew.
The last connection to close folds the write-ahead log into the file, which waits for the disk. So
all are kept open until the end of the night, and commits do not wait either. A night that dies with
its process loses nothing, one that dies with its machine the last events, and neither the database.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster import DagsterInstance
    from sqlalchemy.engine import Connection, Engine


@contextmanager
def unhurried_event_log(instance: DagsterInstance) -> Iterator[None]:
    """Let the databases of an instance that are opened within the block be closed at its end.

    Args:
        instance: The instance; one whose record is kept elsewhere than in SQLite stays as it is.
    """
    from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
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
        if isinstance(instance.event_log_storage, SqliteEventLogStorage):
            until_the_end.enter_context(_connected_once(instance.event_log_storage))
        yield


@contextmanager
def _connected_once(storage: Any) -> Iterator[None]:  # noqa: ANN401 - a class without a public name
    """Let a storage, which keeps a database per run and an index of all, connect to each once."""
    from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    engines: dict[str, Engine] = {}
    lock = threading.Lock()
    first_connection = storage.run_connection

    @contextmanager
    def connection(name: str) -> Iterator[Connection]:
        with lock:
            if name not in engines:
                with first_connection(name):
                    """Makes the tables where they are missing."""
                engines[name] = create_engine(
                    storage.conn_string_for_shard(name),
                    poolclass=StaticPool,
                    connect_args={"check_same_thread": False, "timeout": 60},
                )
            with engines[name].begin() as open_connection:
                yield open_connection

    storage.run_connection = connection
    storage.index_connection = lambda: connection(INDEX_SHARD_NAME)
    try:
        yield
    finally:
        # The methods of the class come to light again.
        del storage.run_connection, storage.index_connection
        for engine in engines.values():
            engine.dispose()
