"""Where finished tables go: the right folder, the right night, the right format."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

from sample.spec import SampleSpec
from sample.store.arrow import Table, pa
from sample.store.files import TIME_SUFFIX, CsvFile, GrowingFile, ParquetFile, as_text
from sample.world.arrays import DAY, Ints

SYNCED = "_fivetran_synced"
WITH_BYTE_ORDER_MARK = frozenset({("marketo", "program"), ("marketo", "campaign")})
Name = tuple[str, str]


@dataclass(frozen=True)
class Batch:
    """Rows of one table; ``planted`` are bad but readable, ``broken`` are not even that."""

    rows: Table
    planted: Table
    broken: Table


@dataclass
class Sink:
    """Spreads batches over files; keeps only what belongs to late nights in memory."""

    spec: SampleSpec
    rows: dict[Name, int] = field(default_factory=lambda: defaultdict(int))
    extra_rows: dict[Name, int] = field(default_factory=lambda: defaultdict(int))
    _open: dict[Path, GrowingFile] = field(default_factory=dict)
    _later: dict[tuple[Path, Name], list[tuple[Table, Table]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    _connection: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    def add(self, name: Name, batch: Batch) -> None:
        """Write a batch, rows of the first file at once and those of later nights at the end."""
        pieces = dict(self._split(name, batch.rows))
        planted = dict(self._split(name, batch.planted))
        broken = dict(self._split(name, batch.broken))
        first = self._paths(name)[0]
        for path in sorted({first, *pieces, *planted, *broken}):
            parts = [found[path] for found in (pieces, planted) if path in found]
            if self.spec.fmt == "csv":
                parts = [as_text(part, TIME_SUFFIX.get(name[0], "")) for part in parts]
            whole = pa.concat_tables(parts) if parts else _none_of(batch.rows, self.spec.fmt)
            wrecks = broken.get(path, batch.broken.slice(0, 0))
            self._count(name, path, whole.num_rows + wrecks.num_rows)
            if path == first:
                self._write(name, path, whole, wrecks)
            else:
                self._later[path, name].append((whole, wrecks))

    def close(self) -> None:
        """Write the later nights and finish every file."""
        for (path, name), parts in sorted(self._later.items()):
            whole = pa.concat_tables([part for part, _ in parts])
            if self.spec.fmt == "parquet":
                whole = whole.unify_dictionaries()
            self._write(name, path, whole, pa.concat_tables([wreck for _, wreck in parts]))
            if path not in self._paths(name)[:1]:
                self._open.pop(path).close()
        self._later.clear()
        for file in self._open.values():
            file.close()
        self._open.clear()
        self._connection.close()

    def _count(self, name: Name, path: Path, rows: int) -> None:
        """Add to the row count of the folder a path lies in."""
        extra = self.spec.extra_night and self.spec.out / "extra" in path.parents
        (self.extra_rows if extra else self.rows)[name] += rows

    def _write(self, name: Name, path: Path, piece: Table, broken: Table) -> None:
        """Append to a file, opening it if need be."""
        if path not in self._open:
            mark = name in WITH_BYTE_ORDER_MARK
            self._open[path] = (
                CsvFile(path, mark, self._connection)
                if self.spec.fmt == "csv"
                else ParquetFile(path)
            )
        suffix = TIME_SUFFIX.get(name[0], "")
        self._open[path].add(piece, as_text(broken, suffix) if self.spec.fmt == "csv" else None)

    def _paths(self, name: Name) -> list[Path]:
        """Return the file of each night, the first one holding the earlier history too."""
        connector, table = name
        folder = self.spec.out / "raw" / connector
        if not self.spec.nights:
            return [folder / f"{table}.{self.spec.fmt}"]
        nights = range(1, self.spec.nights + 1)
        return [folder / table / f"night_{night:04d}.{self.spec.fmt}" for night in nights]

    def _split(self, name: Name, rows: Table) -> Iterator[tuple[Path, Table]]:
        """Yield the file and the rows that landed on each night."""
        if not rows.num_rows:
            return
        paths = self._paths(name)
        days_back = _days_back(rows, self.spec.end_seconds)
        if self.spec.extra_night:
            days_back -= 1
        slot = np.where(days_back < 0, len(paths), np.maximum(len(paths) - 1 - days_back, 0))
        for value in np.unique(slot).tolist():
            connector, table = name
            extra = self.spec.out / "extra" / connector / table / f"night.{self.spec.fmt}"
            path = extra if value == len(paths) else paths[value]
            here = slot == value
            yield path, rows if here.all() else rows.filter(pa.array(here))


def _days_back(rows: Table, end: int) -> Ints:
    """Return how many days before the end each row landed; 0 is the last day."""
    seconds = rows.column(SYNCED).cast(pa.timestamp("s"), safe=False).cast(pa.int64())
    landed: Ints = seconds.to_numpy()
    return np.maximum((end - 1 - landed) // DAY, 0)


def _none_of(rows: Table, fmt: str) -> Table:
    """Return the table without rows, in the schema the file has."""
    empty = rows.slice(0, 0)
    return as_text(empty) if fmt == "csv" else empty
