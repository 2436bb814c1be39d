"""Writing the tables of one version: the database, the Parquet files and the copy for BI."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from orchestration.publishing.differences import Differences, find_differences
from orchestration.publishing.files import STORAGE_VERSION, MartFiles, count_rows, sql_literal
from orchestration.publishing.keyed_hashes import create_keyed_hash
from orchestration.publishing.parquet import write_parquet
from orchestration.publishing.tables import WAREHOUSE, MartTable
from orchestration.settings import Settings


def write_marts(
    settings: Settings,
    files: MartFiles,
    tables: Sequence[MartTable],
    key: bytes,
    former: MartFiles | None = None,
) -> dict[str, int]:
    """Write the tables as a DuckDB file, as Parquet and as a DuckDB file without personal data.

    What a former version has already comes from there: a table without differences, and of a table
    that names its changed keys all but the rows that differ. Parquet files hold their rows in a
    total order, so that equal marts give equal files, byte for byte, on whichever way they came
    about.

    Args:
        settings: Where the warehouse is, which is opened read-only, and the memory to use.
        files: Where to write; the folder exists and is empty.
        tables: What to write.
        key: The secret of the hashes in the copy for BI.
        former: The version of the completed build that this build started from, if there is one.

    Returns:
        The number of rows per table.
    """
    counts: dict[str, int] = {}
    differences: dict[str, Differences | None] = {}
    with _connection(settings, files, former) as connection:
        create_keyed_hash(connection, key)
        for table in tables:
            counts[table.name] = count_rows(connection, table.source)
            found = find_differences(connection, table) if former else None
            differences[table.name] = found
            _write_table(connection, table, found)
            write_parquet(connection, table, files, former, found)
        _register_hashes(connection, tables)
        for table in tables:
            _write_bi_table(connection, table, differences[table.name])
    return counts


@contextmanager
def _connection(
    settings: Settings, files: MartFiles, former: MartFiles | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    files.bi_database.parent.mkdir()
    databases = {"marts": files.database, "bi": files.bi_database}
    if former:
        shutil.copyfile(former.database, files.database)
        shutil.copyfile(former.bi_database, files.bi_database)
    # The database in memory holds nothing but the attached files; large sorts spill aside.
    with duckdb.connect(config={"temp_directory": str(files.folder / "spill")}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set memory_limit = '{settings.memory}'")
        connection.execute(f"attach {sql_literal(settings.warehouse)} as {WAREHOUSE} (read_only)")
        for name, path in databases.items():
            connection.execute(
                f"attach {sql_literal(path)} as {name} (storage_version '{STORAGE_VERSION}')"
            )
        yield connection
        for name in databases:
            # Detaching folds the write-ahead log into the file: readers get one file.
            connection.execute(f"checkpoint {name}")
            connection.execute(f"detach {name}")


def _write_table(
    connection: duckdb.DuckDBPyConnection, table: MartTable, differences: Differences | None
) -> None:
    if differences and not differences.rows:
        return
    target = f'marts.main."{table.name}"'
    rows = f"select {table.column_list} from {table.source}"
    order = table.order_by(table.columns)
    if not (differences and table.changed):
        connection.execute(f"create or replace table {target} as {rows} order by {order}")
        return
    is_different = differences.is_different(table)
    connection.execute(f"delete from {target} where {is_different}")
    connection.execute(f"insert into {target} {rows} and {is_different} order by {order}")


def _register_hashes(connection: duckdb.DuckDBPyConnection, tables: Sequence[MartTable]) -> None:
    ids = " union all ".join(
        f'select "{column}" as lead_id from marts.main."{table.name}"'
        for table in tables
        for column in sorted(table.lead_keys - table.personal)
    )
    # A lead stands in many rows: it is hashed once and joined.
    connection.execute(
        "create temp table lead_hashes as"
        " select lead_id, keyed_hash(lead_id) as lead_hash"
        f" from (select distinct lead_id from ({ids or 'select null as lead_id'}))"
        " where lead_id is not null"
    )


def _write_bi_table(
    connection: duckdb.DuckDBPyConnection, table: MartTable, differences: Differences | None
) -> None:
    if differences and not differences.rows:
        return
    kept = [column for column in table.columns if column not in table.personal]
    columns = ", ".join(_bi_column(table, column) for column in kept)
    joins = "".join(
        f' left join lead_hashes as "of_{column}" on rows."{column}" = "of_{column}".lead_id'
        for column in kept
        if column in table.lead_keys
    )
    target, source = f'bi.main."{table.name}"', f'marts.main."{table.name}"'
    verb = f"create or replace table {target} as"
    if differences and table.changed:
        is_hashed = table.changed_key in table.lead_keys | table.record_keys
        is_different = differences.is_different(table, "keyed_hash" if is_hashed else "")
        connection.execute(f"delete from {target} where {is_different}")
        source = f"(select * from {source} where {differences.is_different(table)})"
        verb = f"insert into {target}"
    # Ordered by the hashes: in the order of the ids, the n-th row would be the n-th known lead.
    connection.execute(
        f"{verb} select * from (select {columns} from {source} as rows{joins})"
        f" order by {table.order_by(kept)}"
    )


def _bi_column(table: MartTable, column: str) -> str:
    if column in table.lead_keys:
        return f'"of_{column}".lead_hash as "{column}"'
    if column in table.record_keys:
        return f'keyed_hash(rows."{column}") as "{column}"'
    return f'rows."{column}"'
