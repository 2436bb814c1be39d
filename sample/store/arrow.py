"""The one place where the untyped Arrow library is imported, and cells are made of arrays."""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
import pyarrow.compute as pc  # type: ignore[import-untyped,unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped,unused-ignore]

from sample.world.arrays import NEVER, Bools, Floats, Ints

__all__ = ["Column", "Table", "dates", "flags", "integers", "numbers", "pa", "pc", "pq", "same",
           "text", "times", "uuids", "words"]  # fmt: skip

HEX_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
UUID_DIGITS = np.array([i for i in range(36) if i not in (8, 13, 18, 23)])

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


def uuids(number: Ints, family: str) -> Column:
    """Return ids that look random, the same for the same number of a family.

    Args:
        number: Which id of the family, from 0 on; different numbers give different ids.
        family: What the ids are of; families share no ids in practice.
    """
    first = _scrambled(number.astype(np.uint64) + np.uint64(zlib.crc32(family.encode()) << 32))
    halves = np.stack([first, _scrambled(first)], axis=1).astype(">u8")
    octets = halves.view(np.uint8).reshape(-1, 16)
    letters = np.full((len(number), 36), ord("-"), dtype=np.uint8)
    digits = np.stack([octets >> 4, octets & 15], axis=2).reshape(-1, 32)
    letters[:, UUID_DIGITS] = HEX_DIGITS[digits]
    ends = np.arange(len(number) + 1, dtype=np.int32) * 36
    return pa.StringArray.from_buffers(len(number), pa.py_buffer(ends), pa.py_buffer(letters))


def _scrambled(number: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Mix 64 bits so that no two numbers meet (the finaliser of the SplitMix64 generator)."""
    mixed = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)), dtype=np.uint64)
