"""Great Expectations on an open DuckDB warehouse. Takes seconds to import: do it late."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import duckdb
import great_expectations as gx
from duckdb_engine import ConnectionWrapper
from great_expectations.core import ExpectationSuite, ExpectationValidationResult
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.datasource.fluent.interfaces import TestConnectionError
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from sqlalchemy import Connection, event
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import SAWarning
from sqlalchemy.pool import StaticPool

from orchestration.gates.verdicts import Finding


def validate(
    connection: duckdb.DuckDBPyConnection, suites: Iterable[ExpectationSuite]
) -> list[Finding]:
    """Run suites on the tables they are named after.

    Works through cursors of the given connection, because DuckDB refuses a second connection with
    other settings. They are closed at the end: closing the connection then frees the file.

    Args:
        connection: The open warehouse, without a transaction under way.
        suites: Suites, each with the name `<schema>.<table>`.

    Returns:
        What each check found. Without its table, each check of a suite fails.
    """
    with warnings.catch_warnings(), _warehouse(connection) as source:
        # A schema per table is out of favour, but one DuckDB connection serves all schemas.
        warnings.simplefilter("ignore", DeprecationWarning)
        # Lists and structs are types the dialect does not know; no check looks into them.
        warnings.simplefilter("ignore", SAWarning)
        return [finding for suite in suites for finding in _findings(source, suite)]


@contextmanager
def _warehouse(connection: duckdb.DuckDBPyConnection) -> Iterator[SQLDatasource]:
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    source = context.data_sources.add_sql(
        SQLDatasource(
            name="warehouse",
            connection_string="duckdb://",
            kwargs={
                "creator": lambda: ConnectionWrapper(connection.cursor()),
                "poolclass": StaticPool,
            },
        )
    )
    engines = (source.get_engine(), source.get_execution_engine().engine)
    for engine in engines:
        event.listen(engine, "after_cursor_execute", _buffer_rows)
    try:
        yield source
    finally:
        for engine in engines:
            engine.dispose()


def _buffer_rows(
    connection: Connection,
    cursor: DBAPICursor,
    statement: str,
    parameters: object,
    context: DefaultExecutionContext,
    executemany: bool,
) -> None:
    # Great Expectations gives its connection back before it fetches, and DuckDB then drops the
    # pending rows: every metric would come back empty. So they are fetched at once.
    if cursor.description:
        context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
            cursor, initial_buffer=cursor.fetchall()
        )


def _findings(source: SQLDatasource, suite: ExpectationSuite) -> Iterator[Finding]:
    schema, table = suite.name.split(".")
    try:
        asset = source.add_table_asset(suite.name, table_name=table, schema_name=schema)
    except TestConnectionError as error:
        for check in suite.expectations:
            yield _finding(suite.name, check.configuration, exceptions=(str(error),))
        return
    batch = asset.add_batch_definition_whole_table("whole table").get_batch()
    for validation in batch.validate(suite, result_format="SUMMARY").results:
        yield _finding(
            suite.name,
            cast(ExpectationConfiguration, validation.expectation_config),
            success=bool(validation.success),
            result=validation.result,
            exceptions=_messages(validation),
        )


def _finding(
    dataset: str,
    check: ExpectationConfiguration,
    *,
    success: bool = False,
    result: Mapping[str, Any] | None = None,
    exceptions: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        dataset=dataset,
        success=success,
        result=result or {},
        exceptions=exceptions,
        # What `expectations.checks` tells of a check: name, kind, why and mend.
        **(check.meta or {}),
    )


def _messages(validation: ExpectationValidationResult) -> tuple[str, ...]:
    info = validation.exception_info or {}
    # One entry, or one per metric that broke. The first line says it; the rest is the statement.
    entries = [info] if "raised_exception" in info else info.values()
    return tuple(
        str(entry["exception_message"]).partition("\n")[0]
        for entry in entries
        if entry["raised_exception"]
    )
