"""Lands a table anew whose declaration changed.

Its files that are still there are read again. What lies in no file any more, because the file
vanished or was overwritten, is carried over from the former table: typed anew, null where a
column was not kept.
"""

from __future__ import annotations

import duckdb

from orchestration.landing.declarations import Table
from orchestration.landing.sql import identifier

_FORMER = "former_rows"


def set_aside(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make room for a table that lands anew: its rows wait under another name.

    Args:
        connection: The warehouse, within the transaction of the night.
        table: The table as it is declared now.
    """
    connection.execute(f"drop table if exists {identifier(table.schema, _FORMER)}")
    connection.execute(f"alter table {table.relation} rename to {identifier(_FORMER)}")
