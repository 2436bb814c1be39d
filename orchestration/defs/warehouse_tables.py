"""What the Python assets read from and write to the warehouse in the same way."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from orchestration.errors import LeadsError
from orchestration.landing.build import Build


def current_build(connection: duckdb.DuckDBPyConnection) -> Build:
    """Read the build under way.

    Raises:
        LeadsError: Nothing has landed.
    """
    try:
        row = connection.execute("select * from control.build").fetchone()
    except duckdb.CatalogException:
        row = None
    if row is None:
        raise LeadsError(
            "there is no build under way",
            where="control.build in the warehouse",
            mend="land the raw tables first, with make nightly",
        )
    return Build(*row)


def replace_rows(
    connection: duckdb.DuckDBPyConnection, relation: str, rows: pa.Table, outdated: str = "true"
) -> None:
    """Replace rows of a table, which is made where it is missing.

    Args:
        connection: The warehouse, within a transaction.
        relation: `schema.table`.
        rows: The new rows.
        outdated: Which rows go, in SQL; by default all, and the table takes the new columns.
    """
    connection.execute(f"create schema if not exists {relation.split('.')[0]}")
    if outdated == "true":
        connection.execute(f"create or replace table {relation} as from rows")
    else:
        connection.execute(f"delete from {relation} where {outdated}")
        connection.execute(f"insert into {relation} from rows")
