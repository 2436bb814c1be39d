"""Rows of a table sorted by lead, and columns as plain lists: what the loops run over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.lifecycle.days import FOREVER


@dataclass(frozen=True)
class LeadRows:
    """A table sorted by lead and a total order.

    Attributes:
        leads: The lead ids, sorted.
        table: The sorted rows.
        starts: Rows of lead number i are those from starts[i] to before starts[i + 1].
    """

    leads: pa.Array
    table: pa.Table
    starts: list[int]

    def values(self, column: str) -> list[Any]:
        """A column as a list; moments as microseconds, with FOREVER for null."""
        if pa.types.is_timestamp(self.table.schema.field(column).type):
            moments: list[int] = self.moments(column).tolist()
            return moments
        values: list[Any] = self.table.column(column).to_pylist()
        return values

    def moments(self, column: str) -> npt.NDArray[np.int64]:
        """A column of timestamps as microseconds, with FOREVER for null."""
        numbers = self.table.column(column).cast(pa.int64())
        return np.asarray(pc.fill_null(numbers, FOREVER))

    def per_lead(self, *columns: str) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of each lead in turn, as tuples of some columns."""
        rows = list(zip(*map(self.values, columns), strict=True))
        for start, end in pairwise(self.starts):
            yield rows[start:end]

    def lead_numbers(self) -> npt.NDArray[np.int64]:
        """The number of the lead of each row."""
        return np.repeat(np.arange(len(self.leads)), np.diff(self.starts))


def lead_ids(*tables: pa.Table) -> pa.Array:
    """All lead ids of some tables, sorted."""
    ids = pc.unique(
        pa.chunked_array([c for t in tables for c in t.column("lead_id").chunks], pa.string())
    )
    return ids.take(pc.sort_indices(ids))


def rows_by_lead(table: pa.Table, leads: pa.Array, order: Sequence[str]) -> LeadRows:
    """Sort a table by lead and further columns; nulls come first.

    Args:
        table: Rows with a lead_id.
        leads: Sorted lead ids; rows of other leads are left out.
        order: The columns after lead_id; together a total order.

    Returns:
        The rows of these leads.
    """
    numbers = pc.index_in(table.column("lead_id"), value_set=leads)
    keyed = table.append_column("lead_number", numbers)
    if numbers.null_count:
        keyed = keyed.filter(pc.is_valid(numbers))
    keys = [(name, "ascending", "at_start") for name in ("lead_number", *order)]
    keyed = keyed.take(pc.sort_indices(keyed, sort_keys=keys))
    found = np.asarray(keyed.column("lead_number"))
    starts = np.searchsorted(found, np.arange(len(leads) + 1)).tolist()
    return LeadRows(leads, keyed.drop_columns("lead_number"), starts)


def to_moments(numbers: Sequence[int] | npt.NDArray[np.int64]) -> pa.Array:
    """Microseconds as timestamps, FOREVER as null."""
    moments: npt.NDArray[np.int64] = np.array(numbers, dtype=np.int64)
    return pa.array(moments, mask=moments == FOREVER).cast(pa.timestamp("us"))
