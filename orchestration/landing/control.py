"""The tables of the control schema, and the landed tables they speak of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from orchestration.landing.declarations import Project, Table
from orchestration.landing.sql import identifier
from orchestration.landing.typed import landed_columns

_TABLES = {
    "build": """build_id integer, as_of timestamp, completed_build_id integer,
        completed_as_of timestamp, is_full_refresh boolean, future_limit timestamp,
        newest_synced_at timestamp""",
    "builds": """build_id integer, as_of timestamp, fingerprint varchar,
        is_full_refresh boolean, completed boolean""",
    "landed_files": """file_id integer, connector varchar, table_name varchar, path varchar,
        size bigint, modified_ns bigint, content_hash varchar, rows bigint, refused bigint,
        batch integer""",
    "landed_tables": """connector varchar, table_name varchar, is_declared boolean,
        landed_rows bigint, refused_rows bigint, declaration varchar""",
    "refused_rows": """connector varchar, table_name varchar, file varchar, row_number bigint,
        reason varchar, payload varchar, batch integer""",
    "row_payloads": """connector varchar, table_name varchar, file varchar, row_number bigint,
        occurred_at timestamp, payload varchar, batch integer""",
    "column_drift": """connector varchar, table_name varchar, column_name varchar,
        drift varchar, batch integer""",
    "bad_values": """connector varchar, table_name varchar, column_name varchar,
        bad_values bigint""",
    "rule_rows": "build_id integer, seed varchar, content varchar",
    "unchanged_tables": "schema_name varchar, table_name varchar",
    "touched_activities": "build_id integer, model varchar, activity_id varchar",
    "touched_leads": "build_id integer, model varchar, lead_id varchar",
    "check_results": """build_id integer, gate varchar, dataset varchar, check_name varchar,
        severity varchar, success boolean, observed varchar, details varchar""",
}

# Connector and name; connector, name and path.
TableKey = tuple[str, str]
FileKey = tuple[str, str, str]


@dataclass(frozen=True)
class Seen:
    """What a path held when it last landed.

    Attributes:
        size: Bytes.
        modified_ns: Time of its last change in nanoseconds.
        content_hash: Says whether its content changed.
    """

    size: int
    modified_ns: int
    content_hash: str


def create_control(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the control tables that are missing."""
    connection.execute("create schema if not exists control")
    for name, columns in _TABLES.items():
        connection.execute(f"create table if not exists control.{name} ({columns})")


def seen_files(connection: duckdb.DuckDBPyConnection) -> dict[FileKey, Seen]:
    """Give what landed last of every file, by connector, table and path."""
    rows = connection.execute(
        """
        select connector, table_name, path, size, modified_ns, content_hash
        from control.landed_files
        qualify row_number() over (
            partition by connector, table_name, path order by file_id desc
        ) = 1
        """
    ).fetchall()
    return {
        (connector, table, path): Seen(size, modified_ns, content)
        for connector, table, path, size, modified_ns, content in rows
    }


def declaration(table: Table, project: Project, before: str | None = None) -> str:
    """Give all that decides how a table's rows land, as JSON; another one means landing anew.

    Args:
        table: The table.
        project: The settings that count too.
        before: What it landed under before. A table that is not declared any more keeps its
            columns, for the day it is declared again.
    """
    said = {
        "columns": [
            {"name": column.name, "data_type": column.data_type, "raw_name": column.raw_name}
            for column in table.columns
        ],
        "key": table.key,
        "version_at": table.version_at,
        "occurred_at": table.occurred_at,
        "is_occurrence_required": table.is_occurrence_required,
        "deleted": table.deleted,
        "is_declared": table.is_declared,
        "time_zone": project.time_zone,
        "earliest_date": str(project.earliest_date),
    }
    if before and not table.is_declared:
        said = json.loads(before) | {"is_declared": False}
    return json.dumps(said)


def declarations_before(connection: duckdb.DuckDBPyConnection) -> dict[TableKey, str]:
    """Give the declaration under which each table landed, by connector and name."""
    rows = connection.execute(
        "select connector, table_name, declaration from control.landed_tables"
    ).fetchall()
    return {(connector, name): said for connector, name, said in rows}


def create_landed(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make the landed table where it is missing."""
    columns = ", ".join(
        f"{identifier(name)} {sql_type}" for name, sql_type in landed_columns(table).items()
    )
    connection.execute(f"create schema if not exists {identifier(table.schema)}")
    connection.execute(f"create table if not exists {table.relation} ({columns})")


def next_file_id(connection: duckdb.DuckDBPyConnection) -> int:
    """Give the number after the greatest that a file has."""
    row = connection.execute("select max(file_id) from control.landed_files").fetchone()
    return (row[0] if row and row[0] else 0) + 1


def all_tables(project: Project, counted: Iterable[TableKey]) -> dict[TableKey, Table]:
    """Give the declared tables and those that are only counted, by connector and name.

    Args:
        project: The declarations.
        counted: Tables that are there or landed before, declared or not.
    """
    tables = {name: Table(*name, is_declared=False) for name in counted}
    for connector, declared in project.connectors.items():
        tables |= {(connector, name): table for name, table in declared.items()}
    return dict(sorted(tables.items()))
