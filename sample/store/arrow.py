"""The one place where the untyped Arrow library is imported, and cells are made of arrays."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped,unused-ignore]

from sample.world.arrays import NEVER, Bools, Floats, Ints

__all__ = ["Column", "Table", "dates", "flags", "integers", "numbers", "pa", "pq", "same", "text",
           "times", "words"]  # fmt: skip

Column = Any
Table = Any


def times(at: Ints, unit: str = "s") -> Column:
    """Return moments as timestamps; what never happened is null."""
    factor = 1_000 if unit == "ms" else 1
    return pa.array(np.where(at < NEVER, at, 0) * factor, mask=at >= NEVER).cast(pa.timestamp(unit))


def dates(at: Ints) -> Column:
    """Return the Tokyo day of each moment as a date."""
    days = (np.where(at < NEVER, at, 0) + 9 * 3_600) // 86_400
    return pa.array(days.astype(np.int32), mask=at >= NEVER).cast(pa.date32())


def integers(values: Ints, known: Bools | None = None) -> Column:
    """Return whole numbers, null where not known."""
    return pa.array(values.astype(np.int64), mask=None if known is None else ~known)


def numbers(values: Floats) -> Column:
    """Return numbers with a fraction."""
    return pa.array(values)


def flags(values: Bools) -> Column:
    """Return true and false."""
    return pa.array(np.asarray(values, dtype=np.bool_))


def text(values: Sequence[str | None]) -> Column:
    """Return plain text."""
    return pa.array(values, type=pa.string())


def words(vocabulary: Sequence[str], code: Ints) -> Column:
    """Return text drawn from a vocabulary; a negative code is null."""
    return pa.DictionaryArray.from_arrays(
        pa.array(np.maximum(code, 0).astype(np.int32), mask=code < 0),
        pa.array(list(vocabulary), type=pa.string()),
    )


def same(value: str | None, size: int) -> Column:
    """Return one text in every row."""
    return words([value or ""], np.full(size, -1 if value is None else 0))
