"""When one lead becomes sales-qualified, and until when."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
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


@dataclass
class _Held:
    """An SQL that holds, and what sales made of it.

    Attributes:
        sql: As it was gained.
        is_by_hand: Whether sales marked it, then or later.
        is_dismissed: Whether sales rejected it or returned it.
        is_spent: Whether the criteria have held ever since.
    """

    sql: Sql
    is_by_hand: bool
    is_dismissed: bool
    is_spent: bool = True


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
        dismissals: The moments at which sales rejected the lead or returned it.
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
    dismissals: set[int]

    def stays(self) -> Iterator[SqlStay]:
        """Every stay, in order."""
        changes = {change.at: change for change in self.changes}
        looks = self._looks()
        others = {*self._mql_losses, *changes, *self.blocks.starts, *self.marks, *self.dismissals}
        values = Values()
        held: _Held | None = None
        for at in sorted(looks | others):
            change, former = changes.get(at), values
            values = former if change is None else change.values
            is_look, reason = at in looks, None
            if held is not None:
                reason = self._loss(held, at, values, change)
                is_news = self._is_news(held, at, former)
                is_look &= is_news or reason is not None
            gained = self._gained(at, values, change, is_look=is_look)
            if held is not None:
                reason = reason or self._regained(held, at, gained)
                if reason is None:
                    continue
                yield SqlStay(held.sql, at, reason)
            held = _Held(gained, at in self.marks, at in self.dismissals) if gained else None
        if held is not None:
            yield SqlStay(held.sql, FOREVER, None)

    def _looks(self) -> set[int]:
        """The moments at which the criteria are looked at.

        A change of the company's size is no look by itself: the next change of the ledger or the
        next midnight is.
        """
        looks = {*self._occasions, *self.blocks.ends}
        looks |= reach_midnights(self.changes, self.criteria, self.days)
        for change in self.changes:
            if change.changed == {"is_target_size"}:
                looks.add(self.days.first_midnight(change.at))
                place = bisect_left(self.points, change.at)
                looks.update(self.points[place : place + 1])
            else:
                looks.add(change.at)
        return looks

    def _gained(
        self, at: int, values: Values, change: Change | None, *, is_look: bool
    ) -> Sql | None:
        """The SQL that a moment gives, whether or not the lead is one already."""
        if self.blocks.reason_at(at) is not None:
            return None
        basis = self._basis(at, values) if is_look else None
        if basis is not None:
            return Sql(at, *basis, *self._trigger(at, change), values)
        return Sql(at, MANUAL, MANUAL, *self.marks[at], values) if at in self.marks else None

    def _basis(self, at: int, values: Values) -> tuple[str, str] | None:
        """The version of the criteria that hold, and whether as an MQL or for having asked."""
        day = self.days.of(at)
        criteria = self.criteria.on(day)
        if criteria is None or criteria.failing(values, day):
            return None
        if any(since <= at < lost_at for since, lost_at in self.mqls):
            return criteria.version, "mql"
        return (criteria.version, "asked") if self._has_asked(at, criteria.asked_within) else None

    def _loss(self, held: _Held, at: int, values: Values, change: Change | None) -> str | None:
        """Why an SQL ends at a moment, or None."""
        block = self.blocks.reason_at(at)
        if block is not None or held.sql.basis == MANUAL:
            return block
        day = self.days.of(at)
        criteria = self.criteria.on(day)
        if criteria and change and change.changed & criteria.failing(values, day):
            return "value_change"
        if at not in self._mql_losses or held.is_by_hand or at in self.marks:
            return None
        return None if criteria and self._has_asked(at, criteria.asked_within) else "mql_lost"

    def _is_news(self, held: _Held, at: int, former: Values) -> bool:
        """Whether the criteria may give an SQL anew to a lead that sales dismissed.

        That they go on to hold is no news; that they hold again, an ask, and another MQL are.
        """
        held.is_spent &= self._basis(at - 1, former) is not None
        return not held.is_spent or at in self._occasions

    def _regained(self, held: _Held, at: int, gained: Sql | None) -> str | None:
        """Why an SQL ends by being gained anew, or None; what sales makes of it is noted."""
        was_dismissed = held.is_dismissed and at not in self.dismissals
        held.is_by_hand |= at in self.marks
        if at in self.dismissals:
            held.is_dismissed = held.is_spent = True
        return "regained" if gained and was_dismissed else None

    @cached_property
    def _mql_losses(self) -> set[int]:
        return {lost_at for _, lost_at in self.mqls if lost_at != FOREVER}

    @cached_property
    def _occasions(self) -> set[int]:
        return {*self.asks, *(since for since, _ in self.mqls)}

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
