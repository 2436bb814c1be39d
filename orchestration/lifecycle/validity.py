"""Rules that hold for a time: which value is valid on which day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pyarrow as pa

from orchestration.errors import LeadsError
from orchestration.lifecycle.days import FIRST_DAY, LAST_DAY, to_day

Value = TypeVar("Value")


@dataclass(frozen=True)
class Piece(Generic[Value]):
    """A value and the days, first to last, on which it is valid."""

    first: int
    last: int
    value: Value


class Validity(Generic[Value]):
    """A value for every day.

    Args:
        pieces: Pieces that do not overlap, in any order.
        default: The value of the days between, before and after them.
        name: What the rules are called in the error.

    Raises:
        LeadsError: Two pieces overlap.
    """

    def __init__(self, pieces: list[Piece[Value]], default: Value, name: str) -> None:
        self.pieces: list[Piece[Value]] = []
        next_day = FIRST_DAY
        for piece in sorted(pieces, key=lambda piece: piece.first):
            if piece.first < next_day:
                raise LeadsError(
                    f"two rows are valid on one day, one of them {piece.value}",
                    where=name,
                    mend="let one end (valid_to) where the next begins (valid_from)",
                )
            if piece.first > next_day:
                self.pieces.append(Piece(next_day, piece.first - 1, default))
            self.pieces.append(piece)
            next_day = piece.last + 1
        if next_day <= LAST_DAY:
            self.pieces.append(Piece(next_day, LAST_DAY, default))
        self._firsts = [piece.first for piece in self.pieces]

    def on(self, day: int) -> Value:
        """The value of a day."""
        return self.pieces[max(0, bisect_right(self._firsts, day) - 1)].value

    def within(self, first: int, last: int) -> Iterator[Piece[Value]]:
        """The days first to last, cut where the value changes."""
        for piece in self.pieces[max(0, bisect_right(self._firsts, first) - 1) :]:
            start, end = max(first, piece.first), min(last, piece.last)
            if start > end:
                return
            yield Piece(start, end, piece.value)


def read_validity(
    table: pa.Table, make: Callable[[Mapping[str, Any]], Value], default: Value, name: str
) -> Validity[Value]:
    """Read rules that have valid_from and valid_to, half-open.

    Args:
        table: Rows with both columns.
        make: Turns a row into its value.
        default: The value of days without a row.
        name: What the rules are called in the error.

    Returns:
        The value for every day.
    """
    pieces = [Piece(*valid_days(row), make(row)) for row in table.to_pylist()]
    return Validity([piece for piece in pieces if piece.first <= piece.last], default, name)


def valid_days(row: Mapping[str, Any]) -> tuple[int, int]:
    """The first and the last day on which a rule is valid."""
    start, end = row["valid_from"], row["valid_to"]
    return (
        FIRST_DAY if start is None else to_day(start),
        LAST_DAY if end is None else to_day(end) - 1,
    )
