"""Rewrites a dirty CSV file as Parquet, read the exact way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.landing.csv_text import Record, physical_lines, read_records
from orchestration.landing.sql import raw_column

_BATCH = 20_000


def rewrite_csv(path: Path, width: int, target: Path) -> tuple[int, tuple[Record, ...]]:
    """Write the rows of a CSV file as Parquet: text columns, `_row_number`, `_line_count`.

    Args:
        path: The CSV file.
        width: Its number of columns.
        target: The Parquet file to write.

    Returns:
        The number of rows written, and the lines that are no rows.
    """
    texts = [(raw_column(place), pa.string()) for place in range(width)]
    schema = pa.schema([*texts, ("_row_number", pa.int64()), ("_line_count", pa.int64())])
    records = islice(read_records(physical_lines(path)), 1, None)
    broken: list[Record] = []
    rows = 0
    with pq.ParquetWriter(target, schema) as writer:
        while batch := list(islice(records, _BATCH)):
            broken += [record for record in batch if record.values is None]
            lines = [
                (*record.values, record.row_number, record.line_count)
                for record in batch
                if record.values is not None
            ]
            rows += len(lines)
            writer.write_batch(_columnar(lines, schema))
    return rows, tuple(broken)


def _columnar(lines: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*lines, strict=True) if lines else ((),) * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.record_batch(arrays, schema=schema)
