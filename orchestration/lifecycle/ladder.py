"""Where one lead stands on the ladder of stages, moved by one instant after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from orchestration.errors import LeadsError
from orchestration.lifecycle.days import DAY_US, FOREVER

WON = "won"


class Evidence(NamedTuple):
    """One row of EVIDENCE; moments in microseconds."""

    from_at: int
    through_at: int
    stage_key: str
    trigger: str
    trigger_id: str | None
    kind: str
    reopens: str


class Move(NamedTuple):
    """A lead enters a stage."""

    from_stage: str | None
    to_stage: str
    entered_at: int
    direction: str
    trigger: str
    trigger_id: str | None


@dataclass(frozen=True)
class Ladder:
    """The stages as rules.

    Attributes:
        ranks: The open stages by rank: 0 is the lowest, which every lead has.
        time_outs: Microseconds that evidence of each of them lasts, FOREVER where it has no end.
        closing: The closing stages, in their order.
    """

    ranks: dict[str, int]
    time_outs: tuple[int, ...]
    closing: tuple[str, ...]

    @classmethod
    def read(cls, stages: pa.Table) -> Ladder:
        """Read rows as in STAGES.

        Raises:
            LeadsError: No stage is open.
        """
        rows = sorted(stages.to_pylist(), key=lambda row: (row["stage_order"], row["stage_key"]))
        steps = [row for row in rows if not row["is_closing"]]
        if not steps:
            raise LeadsError("every stage is closing", where="stages", mend="add an open stage")
        days = [row["time_out_days"] for row in steps]
        return cls(
            ranks={row["stage_key"]: rank for rank, row in enumerate(steps)},
            time_outs=tuple(FOREVER if count is None else count * DAY_US for count in days),
            closing=tuple(row["stage_key"] for row in rows if row["is_closing"]),
        )


class Climber:
    """One lead on the ladder. Instants must come in order; each is applied as a whole."""

    def __init__(self, ladder: Ladder) -> None:
        self._ladder = ladder
        self._keys = tuple(ladder.ranks)
        self._stage: str | None = None
        # When the evidence of each open stage (its own and of those above) runs out, and which.
        self._ends: list[int] = []
        self._sources: list[str | None] = []
        self._forget_all()

    def time_outs(self, before: int) -> Iterator[Move]:
        """The falls that happen by themselves before a moment."""
        while self._stage in self._ladder.ranks:
            rank = self._ladder.ranks[self._stage]
            at = self._ends[rank]
            if at >= before:
                return
            yield self._enter(
                self._keys[self._highest(at)], at, "backward", "time_out", self._sources[rank]
            )

    def meet(self, at: int, rows: list[Evidence]) -> Move | None:
        """Apply all evidence of one instant.

        A closing row is the last word of its instant. A closed lead is led out only by a row that
        reopens its stage (a closing row that does so leads to its own), and from then on only newer
        evidence counts.

        Args:
            at: The instant.
            rows: Its evidence, in a total order; may be empty for the very first instant.

        Returns:
            The move, or None when the lead is where it was.
        """
        was_closed = self._stage in self._ladder.closing
        openers = [row for row in rows if was_closed and self._reopens(row)]
        if was_closed:
            if not openers:
                return None
            self._forget_all()
        steps = [row for row in rows if row.kind != "closing"]
        for row in steps:
            if row.kind in ("status", "returned"):
                self._forget_above(self._ladder.ranks[row.stage_key])
        for row in steps:
            self._remember(row)
        closings = [row for row in rows if row.kind == "closing"]
        if closings:
            cause = min(closings, key=lambda row: self._ladder.closing.index(row.stage_key))
            return self._move(
                cause.stage_key, at, cause, "won" if cause.stage_key == WON else "lost"
            )
        stage = self._keys[self._highest(at)]
        if openers:
            cause = max(openers, key=lambda row: self._ladder.ranks[row.stage_key])
            return self._move(stage, at, cause, "recycled")
        return self._climb_or_fall(stage, at, steps)

    def _climb_or_fall(self, stage: str, at: int, steps: list[Evidence]) -> Move | None:
        ranks = self._ladder.ranks
        to_rank = ranks[stage]
        from_rank = -1 if self._stage is None else ranks[self._stage]
        if to_rank < from_rank:
            pulls = [r for r in steps if r.kind != "evidence" and ranks[r.stage_key] < from_rank]
            returns = [row for row in pulls if row.kind == "returned"]
            if returns:
                return self._move(stage, at, returns[0], "recycled")
            if pulls:
                return self._move(stage, at, pulls[0], "backward")
            return self._enter(stage, at, "backward", "time_out", self._sources[from_rank])
        # Usually of the stage itself; of a higher one only where that has a time-out of 0 days.
        causes = [row for row in steps if ranks[row.stage_key] >= to_rank]
        cause = min(causes, key=lambda row: ranks[row.stage_key], default=None)
        return self._move(stage, at, cause, "skipped" if to_rank > from_rank + 1 else "forward")

    def _move(self, stage: str, at: int, cause: Evidence | None, direction: str) -> Move | None:
        if stage == self._stage:
            return None
        if cause is None:
            return self._enter(stage, at, direction, "first_seen", None)
        return self._enter(stage, at, direction, cause.trigger, cause.trigger_id)

    def _enter(
        self, stage: str, at: int, direction: str, trigger: str, trigger_id: str | None
    ) -> Move:
        from_stage, self._stage = self._stage, stage
        if from_stage is None:
            direction = "initial"
        return Move(from_stage, stage, at, direction, trigger, trigger_id)

    def _reopens(self, row: Evidence) -> bool:
        return row.reopens == "any" or (row.reopens == "lost" and self._stage != WON)

    def _highest(self, at: int) -> int:
        rank = len(self._ends) - 1
        while rank and self._ends[rank] <= at:
            rank -= 1
        return rank

    def _remember(self, row: Evidence) -> None:
        through_at = max(row.from_at, row.through_at)
        for rank in range(1, self._ladder.ranks[row.stage_key] + 1):
            end = min(FOREVER, through_at + self._ladder.time_outs[rank])
            if end >= self._ends[rank]:
                self._ends[rank], self._sources[rank] = end, row.trigger_id

    def _forget_all(self) -> None:
        self._ends = [FOREVER] + [-FOREVER] * (len(self._keys) - 1)
        self._sources = [None] * len(self._keys)

    def _forget_above(self, floor: int) -> None:
        for rank in range(floor + 1, len(self._ends)):
            self._ends[rank] = -FOREVER
