"""Files that grow by pieces: CSV with a header, or Parquet row groups."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

import duckdb

from sample.store.arrow import Column, Table, pa, pc, pq

TIME_SUFFIX = {"pardot": " UTC"}
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class GrowingFile(Protocol):
    """A file that takes pieces of one table."""

    def add(self, piece: Table, broken: Table | None) -> None:
        """Append rows, and lines that are broken on purpose."""

    def close(self) -> None:
        """Finish the file."""


@dataclass
class ParquetFile:
    """A Parquet file; broken lines have no meaning here and are left out."""

    path: Path
    _writer: object = field(default=None, init=False)

    def add(self, piece: Table, broken: Table | None) -> None:
        """Append rows as a row group."""
        if self._writer is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(
                self.path, piece.schema, compression="zstd", compression_level=1, store_schema=False
            )
        self._writer.write_table(piece)  # type: ignore[attr-defined]

    def close(self) -> None:
        """Write the footer."""
        if self._writer is not None:
            self._writer.close()  # type: ignore[attr-defined]


@dataclass
class CsvFile:
    """A CSV file that quotes only where needed; DuckDB renders the pieces."""

    path: Path
    with_mark: bool
    connection: duckdb.DuckDBPyConnection
    _file: IO[bytes] | None = field(default=None, init=False)

    def add(self, piece: Table, broken: Table | None) -> None:
        """Append rows, then broken lines cut after a few fields."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("wb")
            if self.with_mark:
                self._file.write(BYTE_ORDER_MARK)
            self._file.write((",".join(piece.column_names) + "\n").encode())
        self._file.write(self._render(piece))
        if broken is not None and broken.num_rows:
            self._file.write(_cut(self._render(broken), len(piece.column_names)))

    def _render(self, piece: Table) -> bytes:
        """Return the CSV lines of a piece."""
        if not piece.num_rows:
            return b""
        part = self.path.with_suffix(".part")
        self.connection.register("piece", piece)
        target = str(part).replace("'", "''")
        self.connection.execute(f"copy piece to '{target}' (format csv, header false)")
        self.connection.unregister("piece")
        rendered = part.read_bytes()
        part.unlink()
        return rendered

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()


def as_text(table: Table, time_suffix: str = "") -> Table:
    """Return a table with every column as text, the way it will stand in a CSV file.

    Args:
        table: Any table.
        time_suffix: What stands after moments.
    """

    def cells(column: Column) -> Column:
        if pa.types.is_string(column.type):
            return column
        written = column.cast(pa.string())
        if time_suffix and pa.types.is_timestamp(column.type):
            return pc.binary_join_element_wise(written, time_suffix, "")
        return written

    return pa.table([cells(column) for column in table.itercolumns()], names=table.column_names)


def _cut(rendered: bytes, columns: int) -> bytes:
    """Break lines: odd ones end too early, even ones have a field too many."""
    lines = []
    for number, line in enumerate(rendered.splitlines()):
        fields = line.split(b",")
        early = fields[: max(1, columns // 3)]
        lines.append(b",".join(early if number % 2 == 0 else [*fields, b"?"]))
    return b"\n".join(lines) + b"\n"
