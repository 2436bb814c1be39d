"""What a night is refused for as a whole: tables and columns that must be there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from orchestration.errors import LeadsError
from orchestration.landing.arrivals import Arrival
from orchestration.landing.control import TableKey
from orchestration.landing.declarations import Table


def check_tables(there: Collection[TableKey], tables: Iterable[Table]) -> None:
    """Refuse a connector without a table that it cannot be understood without.

    Args:
        there: The tables that are there tonight or landed before.
        tables: All tables.

    Raises:
        LeadsError: A required table of a connector with other tables is missing.
    """
    connectors = {connector for connector, _ in there}
    for table in tables:
        if table.is_required and table.connector in connectors and table.key_of not in there:
            raise LeadsError(
                f"the table '{table.name}' of {table.connector} is missing, and nothing of"
                f" {table.connector} can be understood without it",
                where=f"{table.connector}/{table.name}.csv or .parquet in LEADS_RAW",
                mend="add the table, or leave the connector out with LEADS_CONNECTORS",
            )


def check_columns(arrival: Arrival, table: Table) -> None:
    """Refuse a file whose rows could not land.

    Args:
        arrival: The file.
        table: Its table.

    Raises:
        LeadsError: A required column, every key or every time of occurrence is missing, or a
            declared column is there twice.
    """
    raw_names = {column.name: column.raw_name for column in table.columns}
    there = Counter(arrival.columns)

    def error(what: str) -> LeadsError:
        return LeadsError(
            f"{table.label} {what}; its columns are {', '.join(arrival.columns)}",
            where=arrival.file.path,
            mend="export the table again with the right columns, or take the file away",
        )

    for column in table.columns:
        if column.is_required and column.raw_name not in there:
            raise error(f"lacks the required column '{column.raw_name}'")
        if column.raw_name and there[column.raw_name] > 1:
            raise error(f"has the column '{column.raw_name}' twice")
    if table.key and not any(
        all(raw_names[name] in there for name in names) for names in table.key
    ):
        keys = " or ".join("(" + ", ".join(names) + ")" for names in table.key)
        raise error(f"lacks the columns of its key {keys}")
    if table.is_occurrence_required and not any(
        raw_names[name] in there for name in table.occurred_at
    ):
        raise error(f"lacks a time of occurrence ({' or '.join(table.occurred_at)})")
