"""When one lead becomes sales-qualified, and until when."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from orchestration.lifecycle.answers import Change, reach_midnights
from orchestration.lifecycle.blocks import Blocks
from orchestration.lifecycle.criteria import SqlCriteria, Values
from orchestration.lifecycle.days import FOREVER, LocalDays
from orchestration.lifecycle.validity import Validity

MANUAL = "manual"


class Sql(NamedTuple):
    """An SQL gained, with the values of that moment."""

    qualified_at: int
    criteria_version: str
    basis: str
    trigger: str
    trigger_id: str | None
    values: Values


class SqlStay(NamedTuple):
    """An SQL from its gain to its loss; FOREVER and None while it is open."""

    sql: Sql
    lost_at: int
    lost_reason: str | None


@dataclass(frozen=True)
class SqlLead:
    """What decides about one lead. Moments in microseconds, lists in order of time.

    Attributes:
        criteria: The criteria per day.
        days: The local days.
        blocks: The exclusions and closing stages.
        mqls: From when to when the lead is MQL.
        changes: The changes of answers.
        points: The instants at which the ledger changed.
        ledger_ids: The last ledger row of each of them.
        asks: The moments of inquiries and meeting requests.
        ask_ids: The id of each of them.
        marks: Word and id of hand marks by moment.
    """

    criteria: Validity[SqlCriteria | None]
    days: LocalDays
    blocks: Blocks
    mqls: list[tuple[int, int]]
    changes: list[Change]
    points: list[int]
    ledger_ids: list[str]
    asks: list[int]
    ask_ids: list[str | None]
    marks: dict[int, tuple[str, str | None]]

    def stays(self) -> Iterator[SqlStay]:
        """Every stay, in order."""
        changes = {change.at: change for change in self.changes}
        looks = self._looks()
        losses = {lost_at for _, lost_at in self.mqls if lost_at != FOREVER}
        values = Values()
        sql: Sql | None = None
        for at in sorted({*looks, *losses, *changes, *self.blocks.starts, *self.marks}):
            change = changes.get(at)
            values = values if change is None else change.values
            if sql is not None:
                reason = self._loss(sql, at, values, change, at in losses)
                if reason is None:
                    continue
                yield SqlStay(sql, at, reason)
                sql = None
            if self.blocks.reason_at(at) is None:
                sql = self._gain(at, values, change) if at in looks else None
                if sql is None and at in self.marks:
                    sql = Sql(at, MANUAL, MANUAL, *self.marks[at], values)
        if sql is not None:
            yield SqlStay(sql, FOREVER, None)

    def _looks(self) -> set[int]:
        """The moments at which the criteria are looked at.

        A change of the company's size is no look by itself: the next change of the ledger or the
        next midnight is.
        """
        looks = {*self.asks, *self.blocks.ends, *(since for since, _ in self.mqls)}
        looks |= reach_midnights(self.changes, self.criteria, self.days)
        for change in self.changes:
            if change.changed == {"is_target_size"}:
                looks.add(self.days.first_midnight(change.at))
                place = bisect_left(self.points, change.at)
                looks.update(self.points[place : place + 1])
            else:
                looks.add(change.at)
        return looks

    def _gain(self, at: int, values: Values, change: Change | None) -> Sql | None:
        day = self.days.of(at)
        criteria = self.criteria.on(day)
        if criteria is None or criteria.failing(values, day):
            return None
        if any(since <= at < lost_at for since, lost_at in self.mqls):
            basis = "mql"
        elif self._has_asked(at, criteria.asked_within):
            basis = "asked"
        else:
            return None
        return Sql(at, criteria.version, basis, *self._trigger(at, change), values)

    def _loss(
        self, sql: Sql, at: int, values: Values, change: Change | None, loses_mql: bool
    ) -> str | None:
        """Why an SQL ends at a moment, or None."""
        block = self.blocks.reason_at(at)
        if block is not None or sql.basis == MANUAL:
            return block
        day = self.days.of(at)
        criteria = self.criteria.on(day)
        if criteria and change and change.changed & criteria.failing(values, day):
            return "value_change"
        if loses_mql and not (criteria and self._has_asked(at, criteria.asked_within)):
            return "mql_lost"
        return None

    def _has_asked(self, at: int, within: int) -> bool:
        place = bisect_right(self.asks, at) - 1
        return place >= 0 and at - self.asks[place] <= within

    def _trigger(self, at: int, change: Change | None) -> tuple[str, str | None]:
        """What happened at the moment at which an SQL is gained by the criteria."""
        place = bisect_left(self.asks, at)
        if at in self.asks[place : place + 1]:
            return "ask", self.ask_ids[place]
        if change is not None:
            return "answer", change.trigger_id
        place = bisect_left(self.points, at)
        if at in self.points[place : place + 1]:
            return "points", self.ledger_ids[place]
        return ("release" if at in self.blocks.ends else "midnight"), None
