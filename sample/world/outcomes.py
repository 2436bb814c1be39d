"""What comes of a hand-over: meetings, conversions, refusals, silence.

Chances follow from hidden need, project and role, and from how long sales let people wait.
"""

from enum import IntEnum

import numpy as np

from sample.world.arrays import (
    DAY,
    HOUR,
    NEVER,
    Bools,
    Floats,
    Ints,
    Rng,
    happened,
    pick,
    sigmoid,
    whole,
)
from sample.world.clock import Calendar, meeting_start, office_time
from sample.world.kinds import PersonKind
from sample.world.people import People
from sample.world.signals import Trigger

HELD_SHARE = 0.87


class Outcome(IntEnum):
    """How a hand-over ended, as far as sales got."""

    NONE = 0
    CONVERTED = 1
    RECYCLED = 2
    REJECTED = 3
    GIVEN_UP = 4


class Reason(IntEnum):
    """Why sales turned somebody down."""

    BUDGET = 0
    TIMING = 1
    GATHERING = 2
    NO_NEED = 3
    COMPETITOR = 4
    NOT_TARGET = 5
    UNREACHED = 6


def meet(
    rng: Rng,
    cal: Calendar,
    people: People,
    person: Ints,
    trigger: Ints,
    reached: Ints,
    delay: Floats,
) -> tuple[Ints, Ints, Bools, Ints]:
    """Draw meetings and the chances that come out of them, from hidden traits and the wait."""
    size = len(person)
    inside = (reached > people.window_start[person]) & (reached < people.window_end[person])
    need = people.need[person] * np.where(inside, 1.0, 0.35)
    asked = trigger <= Trigger.INQUIRY
    want = sigmoid(-2.3 + 4.0 * need + 1.5 * asked - 0.22 * np.minimum(delay, 10.0))
    meets = happened(reached) & (rng.random(size) < want)
    booked = reached + rng.integers(60, 900, size)
    meeting = meeting_start(rng, cal, np.where(meets, reached, 0) + rng.integers(2, 11, size) * DAY)
    held = rng.random(size) < HELD_SHARE
    chance = rng.random(size) < sigmoid(-2.1 + 4.3 * need)
    opened = office_time(rng, cal, meeting + 2 * HOUR + whole(rng.exponential(1.5 * DAY, size)))
    return (
        np.where(meets, meeting, NEVER),
        np.where(meets, booked, NEVER),
        held,
        np.where(meets & held & chance, opened, NEVER),
    )


def conclude(
    rng: Rng, people: People, handed: tuple[Ints, Ints, Ints], follows: Bools, reached: Ints,
    met: tuple[Ints, Ints], meets: Bools,
) -> tuple[Ints, Ints, Ints]:  # fmt: skip
    """Draw how each hand-over ends, when, and why sales declined."""
    person, at, last_try = handed
    meeting, converted = met
    size = len(person)
    talked = happened(reached)
    turn = rng.random(size)
    no_meeting = np.where(turn < 0.38, Outcome.REJECTED, np.where(turn < 0.85, Outcome.RECYCLED, 0))
    after = np.where(turn < 0.25, Outcome.REJECTED, np.where(turn < 0.9, Outcome.RECYCLED, 0))
    unreached = np.where(turn < 0.5, Outcome.GIVEN_UP, 0)
    ignored = np.where(turn < 0.22, Outcome.GIVEN_UP, 0)
    outcome = np.where(
        talked, np.where(meets, after, no_meeting), np.where(follows, unreached, ignored)
    )
    outcome = np.where(happened(converted), Outcome.CONVERTED, outcome)
    moment = np.where(talked, reached + rng.integers(300, 2 * DAY, size), last_try + 20 * DAY)
    moment = np.where(meets, meeting + 2 * HOUR + rng.integers(0, 3 * DAY, size), moment)
    moment = np.where(follows, moment, at + rng.integers(60, 150, size) * DAY)
    moment = np.where(outcome == Outcome.CONVERTED, converted, moment)
    reason = pick(rng, (3, 4, 4, 3, 0.2, 1.5), size)
    kind = people.kind[person]
    reason = np.where(kind == PersonKind.COMPETITOR, Reason.COMPETITOR, reason)
    odd = np.isin(kind, (PersonKind.STUDENT, PersonKind.JOB_SEEKER, PersonKind.STAFF_TEST))
    reason = np.where(odd, Reason.NOT_TARGET, reason)
    reason = np.where(outcome == Outcome.GIVEN_UP, Reason.UNREACHED, reason)
    reason = np.where(outcome > Outcome.RECYCLED, reason, -1)
    return outcome, np.where(outcome > 0, moment, NEVER), reason
