"""Writing the tables of one version: the database, the Parquet files and the copy for BI."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.publishing.files import STORAGE_VERSION, MartFiles, count_rows, sql_literal
from orchestration.publishing.keyed_hashes import create_keyed_hash
from orchestration.publishing.tables import WAREHOUSE, MartTable
from orchestration.settings import Settings

# One row group per DuckDB vector block of 60 x 2,048 rows: the size its own reader scans best.
ROW_GROUP_ROWS = 122_880


def write_marts(
    settings: Settings, files: MartFiles, tables: Sequence[MartTable], key: bytes
) -> dict[str, int]:
    """Write the tables as a DuckDB file, as Parquet and as a DuckDB file without personal data.

    Rows are written in a total order, so that equal marts give equal Parquet files, byte for byte.

    Args:
        settings: Where the warehouse is, which is opened read-only, and the memory to use.
        files: Where to write; the folder exists and is empty.
        tables: What to write.
        key: The secret of the hashes in the copy for BI.

    Returns:
        The number of rows per table.
    """
    files.bi_database.parent.mkdir()
    counts: dict[str, int] = {}
    with _connection(settings, files) as connection:
        for table in tables:
            counts[table.name] = count_rows(
                connection, f"{WAREHOUSE}.{table.relation} where {table.condition}"
            )
            _write_table(connection, table)
            _write_parquet(connection, table, files.parquet(table.name))
        _register_hashes(connection, tables, key)
        for table in tables:
            _write_bi_table(connection, table)
    return counts


@contextmanager
def _connection(settings: Settings, files: MartFiles) -> Iterator[duckdb.DuckDBPyConnection]:
    # The database in memory holds nothing but the attached files; large sorts spill aside.
    with duckdb.connect(config={"temp_directory": str(files.folder / "spill")}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set memory_limit = '{settings.memory}'")
        connection.execute(f"attach {sql_literal(settings.warehouse)} as {WAREHOUSE} (read_only)")
        for name, path in (("marts", files.database), ("bi", files.bi_database)):
            connection.execute(
                f"attach {sql_literal(path)} as {name} (storage_version '{STORAGE_VERSION}')"
            )
        yield connection
        for name in ("marts", "bi"):
            # Detaching folds the write-ahead log into the file: readers get one file.
            connection.execute(f"checkpoint {name}")
            connection.execute(f"detach {name}")


def _write_table(connection: duckdb.DuckDBPyConnection, table: MartTable) -> None:
    connection.execute(
        f'create table marts.main."{table.name}" as'
        f" select {_names(table.columns)} from {WAREHOUSE}.{table.relation}"
        f" where {table.condition} order by {_names(table.order)}"
    )


def _write_parquet(connection: duckdb.DuckDBPyConnection, table: MartTable, path: Path) -> None:
    path.parent.mkdir(parents=True)
    connection.execute(
        f'copy marts.main."{table.name}" to {sql_literal(path)}'
        f" (format parquet, compression zstd, row_group_size {ROW_GROUP_ROWS})"
    )


def _register_hashes(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[MartTable], key: bytes
) -> None:
    create_keyed_hash(connection, key)
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


def _write_bi_table(connection: duckdb.DuckDBPyConnection, table: MartTable) -> None:
    kept = [column for column in table.columns if column not in table.personal]
    columns = ", ".join(_bi_column(table, column) for column in kept)
    joins = "".join(
        f' left join lead_hashes as "of_{column}" on rows."{column}" = "of_{column}".lead_id'
        for column in kept
        if column in table.lead_keys
    )
    # Ordered by the hashes: in the order of the ids, the n-th row would be the n-th known lead.
    order = [column for column in table.order if column in kept] or kept
    connection.execute(
        f'create table bi.main."{table.name}" as select * from ('
        f'select {columns} from marts.main."{table.name}" as rows{joins}'
        f") order by {_names(order)}"
    )


def _bi_column(table: MartTable, column: str) -> str:
    if column in table.lead_keys:
        return f'"of_{column}".lead_hash as "{column}"'
    if column in table.record_keys:
        return f'keyed_hash(rows."{column}") as "{column}"'
    return f'rows."{column}"'


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
