"""When one lead becomes marketing-qualified, and until when."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from orchestration.lifecycle.blocks import Blocks
from orchestration.lifecycle.criteria import MqlCriteria
from orchestration.lifecycle.days import FOREVER, LocalDays
from orchestration.lifecycle.scores import PLACES, ScoreTimeline
from orchestration.lifecycle.validity import Piece, Validity


class MqlStay(NamedTuple):
    """An MQL from its gain to its loss, FOREVER while it is open; moments in microseconds."""

    qualified_at: int
    lost_at: int
    lost_reason: str | None
    version: str
    total: float
    ledger_id: str | None


@dataclass(frozen=True)
class MqlLead:
    """What decides about one lead.

    Attributes:
        timeline: The totals of all leads.
        span: The places of this lead in it.
        criteria: The criteria per day.
        days: The local days.
        blocks: The exclusions and closing stages.
        activities: The moments of human activities, in order.
    """

    timeline: ScoreTimeline
    span: range
    criteria: Validity[MqlCriteria | None]
    days: LocalDays
    blocks: Blocks
    activities: list[int]

    def stays(self) -> Iterator[MqlStay]:
        """Every stay, in order."""
        lost_at = -FOREVER
        for at in sorted({*self.timeline.at[self.span.start : self.span.stop], *self.blocks.ends}):
            mql = self._gain(at) if at >= lost_at else None
            if mql is not None:
                lost_at = mql.lost_at
                yield mql

    def _gain(self, at: int) -> MqlStay | None:
        day = self.days.of(at)
        criteria = self.criteria.on(day)
        i = self._instant_up_to(at)
        if criteria is None or i < self.span.start:
            return None
        total = self.timeline.total_on(i, day, self.timeline.half_lives.on(day))
        if round(total, PLACES) < criteria.threshold or self.blocks.reason_at(at) is not None:
            return None
        inactive_at = self._inactive_at(at, criteria.active_within)
        if inactive_at <= at:
            return None
        blocked_at, block = self.blocks.next_after(at)
        fallen_at = self._fallen_at(at, min(blocked_at, inactive_at))
        # Of reasons at one moment the first in this order is told.
        lost_at, _, reason = min(
            (blocked_at, 0, block), (fallen_at, 1, "score"), (inactive_at, 2, "inactivity")
        )
        ledger_id = self.timeline.ledger_id[i] if self.timeline.at[i] == at else None
        return MqlStay(at, lost_at, reason, criteria.version, total, ledger_id)

    def _instant_up_to(self, at: int) -> int:
        return bisect_right(self.timeline.at, at, self.span.start, self.span.stop) - 1

    def _inactive_at(self, at: int, active_within: int) -> int:
        """When no human activity is younger than `active_within` any more; `at` if so already."""
        place = bisect_right(self.activities, at) - 1
        if place < 0:
            return at
        until = self.activities[place] + active_within
        if until <= at:
            return at
        for activity in self.activities[place + 1 :]:
            if activity > until:
                break
            until = activity + active_within
        return until

    def _fallen_at(self, at: int, before: int) -> int:
        """The first midnight from `at` up to `before` with a total under the exit threshold.

        Ledger rows of the midnight itself are included. FOREVER when there is none. A lead gained
        at a midnight is not under it then.
        """
        start, moments = self.days.start, self.timeline.at
        last_day = self.days.of(before)
        for i in range(self._instant_up_to(at), self.span.stop):
            since = max(at, moments[i])
            if since > before:
                break
            low = self.days.of(since)
            if start(low) != since:
                low += 1
            high = last_day
            if i + 1 < self.span.stop:
                next_day = self.timeline.day[i + 1]
                high = min(high, next_day - (start(next_day) == moments[i + 1]))
            fallen_on = self._first_day_under(i, low, high)
            if fallen_on is not None:
                return start(fallen_on)
        return FOREVER

    def _first_day_under(self, i: int, low: int, high: int) -> int | None:
        """The first of the days low to high that begins under the exit threshold of its rules."""
        for rule in self.criteria.within(low, high):
            if rule.value is None:
                continue
            for piece in self.timeline.half_lives.within(rule.first, rule.last):
                day = self._first_under(i, piece, rule.value.exit_threshold)
                if day is not None:
                    return day
        return None

    def _first_under(self, i: int, piece: Piece[float], exit_threshold: float) -> int | None:
        """The same for days of one half-life: a total that falls crosses the threshold once."""

        def is_under(day: int) -> bool:
            return round(self.timeline.total_on(i, day, piece.value), PLACES) < exit_threshold

        if is_under(piece.first):
            return piece.first
        if self.timeline.is_falling(i, piece.value) and is_under(piece.last):
            later = range(piece.first, piece.last + 1)
            return later[bisect_left(later, True, key=is_under)]
        return None
