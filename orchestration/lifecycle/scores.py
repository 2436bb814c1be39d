"""The score of each lead at every instant at which its ledger changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, nan

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.lifecycle.criteria import MqlCriteria
from orchestration.lifecycle.days import LocalDays
from orchestration.lifecycle.lead_rows import lead_ids, rows_by_lead, to_moments
from orchestration.lifecycle.tables import CROSSINGS, POINTS, conform
from orchestration.lifecycle.validity import Validity

# Totals are compared to so many places.
PLACES = 6

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ScoreTimeline:
    """One entry per lead and instant with ledger rows, all rows of the instant applied.

    Attributes:
        leads: The lead ids, sorted.
        starts: Instants of lead number i are those from starts[i] to before starts[i + 1].
        at: The instants, microseconds.
        day: Their local days.
        steady: The sum of the points that do not decay.
        decaying: The behaviour points as decayed on that day, by half-life in days.
        before: The totals just before, decay of the day included.
        total: The totals.
        ledger_id: The last ledger row of each instant.
        half_lives: The half-life of each day.
    """

    leads: pa.Array
    starts: list[int]
    at: list[int]
    day: list[int]
    steady: list[float]
    decaying: dict[float, list[float]]
    before: Numbers
    total: Numbers
    ledger_id: list[str]
    half_lives: Validity[float]

    def spans(self, leads: pa.Array) -> list[range]:
        """The places of the instants of some leads, empty for leads without any."""
        numbers = pc.index_in(leads, value_set=self.leads).to_pylist()
        return [
            range(0) if number is None else range(self.starts[number], self.starts[number + 1])
            for number in numbers
        ]

    def total_on(self, i: int, day: int, half_life: float) -> float:
        """The total on a day if nothing follows instant number i.

        Formula: steady + decaying * 0.5 ^ (whole days since / half-life of the day).
        """
        age = day - self.day[i]
        kept: float = 0.5 ** (age / half_life)
        return self.steady[i] + self.decaying[half_life][i] * kept

    def is_falling(self, i: int, half_life: float) -> bool:
        """Whether the total falls day by day after instant number i; else it never falls."""
        return self.decaying[half_life][i] > 0


def score_timeline(points: pa.Table, half_lives: Validity[float], days: LocalDays) -> ScoreTimeline:
    """Add up the ledger of each lead.

    On day D a behaviour row of day d is worth points * 0.5 ^ ((D - d) / half-life of D), other rows
    their points. A running sum is decayed from one instant to the next, once per half-life.

    Args:
        points: Rows as in POINTS.
        half_lives: Days per day.
        days: The local days.

    Returns:
        The totals per lead and instant, not floored.
    """
    points = conform(points, POINTS, "points")
    rows = rows_by_lead(points, lead_ids(points), ("effective_at", "sort_key", "ledger_id"))
    at = rows.moments("effective_at")
    first = _first_of_instant(rows.lead_numbers(), at)
    last = np.append(first[1:], len(at)) - 1 if len(at) else first
    day = days.of_all(at[first])
    starts = np.searchsorted(first, rows.starts)
    is_new = np.isin(np.arange(len(first)), starts).tolist()
    amounts = np.asarray(rows.table.column("points_awarded"))
    decays = np.asarray(pc.equal(rows.table.column("score_kind"), "behaviour"))
    of_behaviour = _sums(np.where(decays, amounts, 0.0), first)
    # What does not decay is what has an infinite half-life.
    before, total = _running(_sums(np.where(decays, 0.0, amounts), first), day, is_new, inf)
    steady, decaying = total.tolist(), {}
    valid = _values_by_day(day, half_lives.on)
    for half_life in {piece.value for piece in half_lives.pieces}:
        held, kept = _running(of_behaviour, day, is_new, half_life)
        decaying[half_life] = kept.tolist()
        before += np.where(valid == half_life, held, 0.0)
        total += np.where(valid == half_life, kept, 0.0)
    return ScoreTimeline(
        leads=rows.leads,
        starts=starts.tolist(),
        at=at[first].tolist(),
        day=day.tolist(),
        steady=steady,
        decaying=decaying,
        before=before,
        total=total,
        ledger_id=rows.table.column("ledger_id").take(pa.array(last)).to_pylist(),
        half_lives=half_lives,
    )


def score_crossings(timeline: ScoreTimeline, criteria: Validity[MqlCriteria | None]) -> pa.Table:
    """Find where totals reach the threshold of the day; exclusions are not regarded.

    Args:
        timeline: The totals.
        criteria: The MQL criteria per day.

    Returns:
        Rows as in CROSSINGS, sorted by lead_id and crossed_at: instants at which the total, rounded
        to six places, is at or over the threshold and just before was under it.
    """
    threshold = _thresholds(timeline, criteria)
    crosses = np.flatnonzero(
        (np.round(timeline.total, PLACES) >= threshold)
        & (np.round(timeline.before, PLACES) < threshold)
    )
    lead = np.searchsorted(timeline.starts, crosses, side="right") - 1
    return pa.table(
        [
            timeline.leads.take(pa.array(lead)),
            to_moments(np.array(timeline.at, dtype=np.int64)[crosses]),
            pa.array(timeline.total[crosses]),
        ],
        schema=CROSSINGS,
    )


def _thresholds(timeline: ScoreTimeline, criteria: Validity[MqlCriteria | None]) -> Numbers:
    """The threshold valid at each instant, NaN where there is none."""

    def threshold_on(day: int) -> float:
        valid = criteria.on(day)
        return nan if valid is None else valid.threshold

    return _values_by_day(np.array(timeline.day, dtype=np.int64), threshold_on)


def _values_by_day(day: Counts, value_on: Callable[[int], float]) -> Numbers:
    """What a function says of each of many days."""
    days, place = np.unique(day, return_inverse=True)
    return np.array([value_on(int(one)) for one in days], dtype=np.float64)[place]


def _first_of_instant(lead: Counts, at: Counts) -> Counts:
    """The places where lead or moment differ from the row before."""
    is_first = np.ones(len(at), dtype=bool)
    is_first[1:] = (lead[1:] != lead[:-1]) | (at[1:] != at[:-1])
    return np.flatnonzero(is_first)


def _sums(amounts: Numbers, first: Counts) -> Numbers:
    return np.add.reduceat(amounts, first) if len(first) else np.empty(0)


def _running(
    amounts: Numbers, day: Counts, is_new: list[bool], half_life: float
) -> tuple[Numbers, Numbers]:
    """Sums that decay from one instant to the next: just before each, and with it."""
    before, after = [], []
    kept, last = 0.0, 0
    for amount, today, starts_lead in zip(amounts.tolist(), day.tolist(), is_new, strict=True):
        if starts_lead:
            kept = 0.0
        elif today != last:
            kept *= 0.5 ** ((today - last) / half_life)
        before.append(kept)
        kept += amount
        after.append(kept)
        last = today
    return np.array(before), np.array(after)
