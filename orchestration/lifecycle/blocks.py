"""The intervals that keep one lead from being MQL or SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from orchestration.lifecycle.days import FOREVER
from orchestration.lifecycle.lead_rows import rows_by_lead
from orchestration.lifecycle.tables import CLOSINGS, EXCLUSIONS, conform

# By precedence: of two that begin at one moment the first is the reason.
REASONS = ("exclusion", "closing_stage")


@dataclass(frozen=True)
class Blocks:
    """Half-open intervals (from, to, reason) of one lead, in microseconds."""

    intervals: tuple[tuple[int, int, str], ...]

    def reason_at(self, at: int) -> str | None:
        """Why the lead is blocked at a moment, or None."""
        reasons = [reason for start, end, reason in self.intervals if start <= at < end]
        return min(reasons, key=REASONS.index, default=None)

    def next_after(self, at: int) -> tuple[int, str | None]:
        """When the next interval begins after a moment, and its reason; FOREVER when none does."""
        begins = [(start, REASONS.index(r)) for start, _, r in self.intervals if start > at]
        if not begins:
            return FOREVER, None
        start, rank = min(begins)
        return start, REASONS[rank]

    @property
    def starts(self) -> list[int]:
        """Where intervals begin."""
        return [start for start, _, _ in self.intervals]

    @property
    def ends(self) -> list[int]:
        """Where intervals end."""
        return [end for _, end, _ in self.intervals if end != FOREVER]


def read_blocks(exclusions: pa.Table, closings: pa.Table, leads: pa.Array) -> Iterator[Blocks]:
    """Read the exclusions and closing stages of some leads.

    Args:
        exclusions: Rows as in EXCLUSIONS; intervals that end before they begin block nothing.
        closings: Rows as in CLOSINGS.
        leads: Sorted lead ids.

    Yields:
        The blocks of each lead in turn.
    """
    order = ("from_at", "to_at")
    excluded = rows_by_lead(conform(exclusions, EXCLUSIONS, "exclusions"), leads, order)
    closed = rows_by_lead(conform(closings, CLOSINGS, "closings"), leads, order)
    for intervals in zip(excluded.per_lead(*order), closed.per_lead(*order), strict=True):
        yield Blocks(
            tuple(
                (start, end, reason)
                for spans, reason in zip(intervals, REASONS, strict=True)
                for start, end in spans
                if start < end
            )
        )
