"""Finds the raw tables: files under the raw folder and schemas already loaded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from orchestration.errors import LeadsError
from orchestration.settings import Settings

Form = Literal["csv", "parquet", "table"]


@dataclass(frozen=True)
class RawFile:
    """A file of a raw table, or a table of a schema that somebody else loaded.

    Attributes:
        connector: The connector's name.
        table: The raw table's name, in lower case.
        path: What the file is called in `control`: relative to the raw folder, or
            `raw_<connector>.<table>`.
        form: How it is read.
        location: Where a file lies; the schema's and the table's name for a loaded one.
        size: Bytes; 0 for a loaded table.
        modified_ns: Time of the last change in nanoseconds; 0 for a loaded table.
    """

    connector: str
    table: str
    path: str
    form: Form
    location: Path
    size: int = 0
    modified_ns: int = 0


def discover(
    settings: Settings,
    known: Collection[str],
    landed: Collection[str],
    connection: duckdb.DuckDBPyConnection,
) -> tuple[RawFile, ...]:
    """Find every raw table of the connectors to read.

    Args:
        settings: The raw folder and, where set, the connectors to read.
        known: The connectors that have declarations.
        landed: The connectors that landed before; they may be absent tonight.
        connection: The warehouse, for schemas `raw_<connector>`.

    Returns:
        The files, by connector, table and path.

    Raises:
        LeadsError: The folder is missing, a connector is unknown, or none is found.
    """
    chosen = _chosen(settings, known)
    loaded = [file for file in _loaded_tables(connection) if file.connector in chosen]
    if not settings.raw.is_dir() and not loaded:
        raise LeadsError(
            "the folder of raw tables does not exist",
            where=f"LEADS_RAW = {settings.raw}",
            mend="set LEADS_RAW to the folder that holds one folder per connector",
        )
    files = [file for file in _files(settings.raw) if file.connector in chosen] + loaded
    found = {file.connector for file in files} | set(landed)
    for name in settings.connectors or ():
        if name not in found:
            raise LeadsError(
                f"no raw table of the connector '{name}' is there",
                where=str(settings.raw / name),
                mend=f"put its tables there, or take {name} out of LEADS_CONNECTORS",
            )
    if not found:
        raise LeadsError(
            "no raw table of any connector is there",
            where=f"LEADS_RAW = {settings.raw}",
            mend=f"put tables into a folder named {' or '.join(sorted(known))}",
        )
    return tuple(sorted(files, key=lambda file: (file.connector, file.table, file.path)))


def unknown_folders(raw: Path, known: Collection[str]) -> list[Path]:
    """Give the folders of raw tables that belong to no known connector."""
    if not raw.is_dir():
        return []
    return [path for path in _visible(raw) if path.is_dir() and path.name.lower() not in known]


def _chosen(settings: Settings, known: Collection[str]) -> set[str]:
    for name in settings.connectors or ():
        if name not in known:
            raise LeadsError(
                f"'{name}' is no connector",
                where="LEADS_CONNECTORS",
                mend=f"use {', '.join(sorted(known))}",
            )
    return set(settings.connectors or known)


def _files(raw: Path) -> Iterator[RawFile]:
    if not raw.is_dir():
        return
    for folder in _visible(raw):
        if not folder.is_dir():
            continue
        for entry in _visible(folder):
            for path in _visible(entry) if entry.is_dir() else [entry]:
                form = path.suffix.lower().removeprefix(".")
                if path.is_file() and (form == "csv" or form == "parquet"):
                    status = path.stat()
                    yield RawFile(
                        connector=folder.name.lower(),
                        table=(entry.name if entry.is_dir() else entry.stem).lower(),
                        path=path.relative_to(raw).as_posix(),
                        form="csv" if form == "csv" else "parquet",
                        location=path,
                        size=status.st_size,
                        modified_ns=status.st_mtime_ns,
                    )


def _visible(folder: Path) -> list[Path]:
    """Returns what lies in the folder, without what programs hide there."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise LeadsError(
            f"the folder cannot be read: {error.strerror}",
            where=str(folder),
            mend="let the user of the nightly job read it",
        ) from error


def _loaded_tables(connection: duckdb.DuckDBPyConnection) -> Iterator[RawFile]:
    rows = connection.execute(
        """
        select table_schema, table_name
        from information_schema.tables
        where table_catalog = current_database() and starts_with(lower(table_schema), 'raw_')
        order by all
        """
    ).fetchall()
    for schema, table in rows:
        yield RawFile(
            connector=schema.lower().removeprefix("raw_"),
            table=table.lower(),
            path=f"{schema}.{table}",
            form="table",
            location=Path(schema) / table,
        )
