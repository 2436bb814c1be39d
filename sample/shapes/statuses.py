"""Statuses, owners and reject reasons of people in a CRM over time, whichever CRM it is."""

from dataclasses import dataclass

import numpy as np

from sample.shapes.desk import Desk
from sample.world.arrays import NEVER, Floats, Ints, Rng, happened
from sample.world.journey import Handoffs
from sample.world.outcomes import Outcome

(OPEN, WORKING, CONTACTED, QUALIFIED, NURTURING, UNQUALIFIED, CLOSED, CONVERTED) = range(8)
IN_JAPANESE, RECYCLED, SQL = 8, 16, 17  # the same meanings in other words
REASONS = ("予算なし", "時期尚早", "情報収集のみ", "ニーズなし", "競合", "対象外", "連絡不通")


@dataclass(frozen=True)
class Steps:
    """Changes of one thing per person, in order of person and time; old is -1 at first."""

    person: Ints
    at: Ints
    user: Ints
    old: Ints
    new: Ints

    def last(self, size: int, start: int) -> Ints:
        """Return each person's newest value, or the start value."""
        result = np.full(size, start, dtype=np.int64)
        result[self.person] = self.new
        return result


def meaning(status: Ints) -> Ints:
    """Return what a status means, whatever words it is in."""
    result = np.where(status == RECYCLED, NURTURING, np.where(status == SQL, QUALIFIED, status))
    return np.where((result >= IN_JAPANESE), result - IN_JAPANESE, result)


@dataclass(frozen=True)
class Trace:
    """What happened to leads in the CRM.

    ``changed`` is the newest change per person, 0 without any; ``reason`` the newest reject
    reason, -1 without one.
    """

    status: Steps
    owner: Steps
    reasons: Steps
    changed: Ints
    reason: Ints


def trace_statuses(desk: Desk) -> Trace:
    """Follow every lead's status, owner and reject reason."""
    world, rng = desk.world, desk.rng("statuses")
    handoffs, size = world.handoffs, len(world.people)
    status = _steps(desk, _status_parts(desk, rng, handoffs), OPEN)
    owners = _steps(desk, _owner_parts(handoffs), desk.frame.staff.marketer)
    declined = np.flatnonzero(handoffs.outcome > Outcome.RECYCLED)
    declined = declined[rng.random(len(declined)) < 0.85]
    user = handoffs.owner_at(handoffs.ended)
    reasons = _steps(
        desk,
        [(handoffs.person[declined], handoffs.ended[declined] + 2, user[declined],
          handoffs.reason[declined])],
        -1,
    )  # fmt: skip
    changed = np.zeros(size, dtype=np.int64)
    for steps in (status, owners, reasons):
        np.maximum.at(changed, steps.person, steps.at)
    return Trace(status, owners, reasons, changed, reasons.last(size, -1))


Part = tuple[Ints, Ints, Ints, Ints]


def _status_parts(desk: Desk, rng: Rng, handoffs: Handoffs) -> list[Part]:
    """Return status changes as (person, moment, user, status)."""
    staff, size = desk.frame.staff, len(handoffs.at)
    minutes = rng.integers(60, 3600, size)
    chance = rng.random(size)
    talks = happened(handoffs.reached) & (chance < 0.35)
    works = happened(handoffs.followed) & (chance < 0.88)
    met = happened(handoffs.converted) & (rng.random(size) < 0.6)
    result = np.array([-1, -1, NURTURING, UNQUALIFIED, CLOSED])[handoffs.outcome]
    result = np.where((result == UNQUALIFIED) & (chance < 0.4), CLOSED, result)
    converted = np.where(happened(handoffs.converted), handoffs.converted, NEVER)
    parts = []
    for mark, at, code in (
        (np.ones(size, dtype=np.bool_), handoffs.at, np.full(size, OPEN)),
        (works, handoffs.followed + minutes, np.full(size, WORKING)),
        (talks, handoffs.reached + minutes + 1, np.full(size, CONTACTED)),
        (met, handoffs.converted - 600, np.full(size, QUALIFIED)),
        (result >= 0, handoffs.ended, result),
        (happened(converted), converted, np.full(size, CONVERTED)),
    ):
        rows = np.flatnonzero(mark & happened(at))
        user = handoffs.owner_at(at)[rows]
        chosen = _in_words(code[rows], staff.speaks[user], rng.random(len(rows)))
        parts.append((handoffs.person[rows], at[rows], user, chosen))
    return parts


def _in_words(code: Ints, japanese: Ints, chance: Floats) -> Ints:
    """Return the status in the words its user prefers."""
    english = np.where((code == NURTURING) & (chance < 0.3), RECYCLED, code)
    english = np.where((code == QUALIFIED) & (chance < 0.3), SQL, english)
    return np.where(japanese == 1, code + IN_JAPANESE, english)


def _owner_parts(handoffs: Handoffs) -> list[Part]:
    """Return owner changes as (person, moment, user, owner)."""
    moved = np.flatnonzero(happened(handoffs.moved_at))
    return [
        (handoffs.person, handoffs.at, handoffs.owner, handoffs.owner),
        (handoffs.person[moved], handoffs.moved_at[moved], handoffs.owner[moved],
         handoffs.new_owner[moved]),
    ]  # fmt: skip


def _steps(desk: Desk, parts: list[Part], start: int) -> Steps:
    """Put changes in order and leave out those that change nothing or come too late."""
    records = desk.world.records
    person, at, user, new = (np.concatenate([part[i] for part in parts]) for i in range(4))
    keep = happened(records.lead[person]) & (at < desk.end) & (at <= records.converted[person])
    rows = np.flatnonzero(keep)
    rows = rows[np.lexsort((np.arange(len(rows)), at[rows], person[rows]))]
    person, at, user, new = person[rows], at[rows], user[rows], new[rows]
    first = np.r_[True, person[1:] != person[:-1]] if len(rows) else np.zeros(0, dtype=np.bool_)
    old = np.where(first, start, np.r_[start, new[:-1]]) if len(rows) else new
    differs = (old != new) & ~(np.isin(old, (0, 8)) & np.isin(new, (0, 8)) & (start == OPEN))
    return Steps(person[differs], at[differs], user[differs], old[differs], new[differs])
