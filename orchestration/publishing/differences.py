"""What the warehouse says otherwise than the former version, so that all else can stay as it is."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from orchestration.publishing.tables import WAREHOUSE, MartTable


@dataclass(frozen=True)
class Differences:
    """The rows of one table that either the former version or the warehouse has alone.

    Attributes:
        relation: Where these rows stand, of both sides, under the columns of the table.
        rows: How many different ones they are.
        parts: The parts of the table that they belong to, as `MartTable.parts_of` names them.
    """

    relation: str
    rows: int
    parts: frozenset[str]

    def is_different(self, table: MartTable, hashed_by: str = "") -> str:
        """The condition of the rows whose changed key is among the differences, in SQL.

        Args:
            table: The table; it names its changed keys.
            hashed_by: The function that made hashes of the keys where the rows stand, if any did.
        """
        key = f'"{table.changed_key}"'
        return f"{key} in (select {hashed_by}({key}) from {self.relation})"


def find_differences(connection: duckdb.DuckDBPyConnection, table: MartTable) -> Differences:
    """Compare a table of the former version with the warehouse.

    Of a table that names its changed keys, no more than their rows are compared: many of them come
    out as they were, for a night also names whatever might have changed.

    Args:
        connection: Has the warehouse attached, and as `marts` a copy of the former version.
        table: The table.

    Returns:
        The differences; they stay in the connection.
    """
    sides = " union all ".join(
        f"select {table.column_list}, {weight} as weight from {rows} and {_is_changed(table)}"
        for weight, rows in ((-1, f'marts.main."{table.name}" where true'), (1, table.source))
    )
    relation = f'temp.main."{table.name}_differences"'
    connection.execute(
        f"create temp table {relation} as select {table.column_list} from ({sides})"
        f" group by all having sum(weight) <> 0"
    )
    found = connection.execute(f"select count(*) from {relation}").fetchone()
    rows = int(found[0]) if found else 0
    # A table of one part has it even without rows.
    parts = table.parts_of(connection, relation) if rows else ()
    return Differences(relation, rows, frozenset(parts))


def _is_changed(table: MartTable) -> str:
    if not table.changed:
        return "true"
    keys = f'select "{table.changed_key}" from {WAREHOUSE}.{table.changed}'
    return f'"{table.changed_key}" in ({keys})'
