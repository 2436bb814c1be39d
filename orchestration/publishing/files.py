"""The files of one version, and whether they hold what the warehouse holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.errors import LeadsError

DATABASE = "lead_marts.duckdb"
# Readable by DuckDB 1.1 and newer: BI drivers lag behind.
STORAGE_VERSION = "v1.0.0"


@dataclass(frozen=True)
class MartFiles:
    """The files of one version.

    Attributes:
        folder: The folder of the version.
    """

    folder: Path

    @property
    def database(self) -> Path:
        """All marts, for sales and analysts."""
        return self.folder / DATABASE

    @property
    def bi_database(self) -> Path:
        """All marts without personal data, for general BI."""
        return self.folder / "bi" / DATABASE

    @property
    def report(self) -> Path:
        """The report page."""
        return self.folder / "report" / "index.html"

    @property
    def documentation(self) -> Path:
        """The page of the dbt documentation."""
        return self.folder / "docs" / "index.html"

    def parquet(self, table: str, part: str = "") -> Path:
        """The Parquet file of a table, or of a part of it."""
        name = f"{table}_{part}" if part else table
        return self.folder / "parquet" / table / f"{name}.parquet"

    def parquet_files(self) -> list[Path]:
        """All Parquet files that were written, by name."""
        return sorted((self.folder / "parquet").glob("*/*.parquet"))


def check_marts(files: MartFiles, counts: Mapping[str, int]) -> None:
    """Open what was written as a reader does, and count again.

    Args:
        files: The files of the version.
        counts: The rows of the warehouse per table.

    Raises:
        LeadsError: A file does not open, has another storage version or other row counts.
    """
    for database in (files.database, files.bi_database):
        with duckdb.connect(str(database), read_only=True) as connection:
            tags = connection.execute("select tags from duckdb_databases() where path is not null")
            storage = (tags.fetchone() or ({},))[0].get("storage_version")
            _expect(f"{STORAGE_VERSION}+", storage, what="storage version", where=database)
            for table, rows in counts.items():
                _expect(rows, count_rows(connection, f'main."{table}"'), what=table, where=database)
    with duckdb.connect() as connection:
        for table, rows in counts.items():
            path = files.parquet(table).with_name("*.parquet")
            _expect(rows, count_rows(connection, sql_literal(path)), what=table, where=path)


def count_rows(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    """Count the rows of a relation, or of a Parquet file given as a literal."""
    found = connection.execute(f"select count(*) from {relation}").fetchone()
    return int(found[0]) if found else 0


def sql_literal(path: Path) -> str:
    """Write a path as a text of SQL; it may hold a quote."""
    return "'" + str(path).replace("'", "''") + "'"


def _expect(expected: object, found: object, *, what: str, where: Path) -> None:
    if found != expected:
        raise LeadsError(
            f"{what}: {expected} in the warehouse but {found} in the written file",
            where=str(where),
            mend="run the night again; should it stay so, the disk or the file system is unsound",
        )
