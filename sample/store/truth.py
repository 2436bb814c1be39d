"""The hidden truth, kept beside the raw tables for tests only."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from sample.store.arrow import Table, pa, pq


@dataclass
class Truth:
    """Collects truth tables over all chunks and writes each as one Parquet file."""

    folder: Path
    _open: dict[str, object] = field(default_factory=lambda: defaultdict(object))

    def add(self, name: str, table: Table) -> None:
        """Append rows to a truth table."""
        if name not in self._open:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"{name}.parquet"
            self._open[name] = pq.ParquetWriter(path, table.schema, compression="zstd")
        self._open[name].write_table(table)  # type: ignore[attr-defined]

    def close(self) -> None:
        """Finish every file."""
        for writer in self._open.values():
            writer.close()  # type: ignore[attr-defined]
        self._open.clear()


def plain(table: Table) -> Table:
    """Return a table with plain text instead of coded text."""
    columns = [
        column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        for column in table.itercolumns()
    ]
    return pa.table(columns, names=table.column_names)
