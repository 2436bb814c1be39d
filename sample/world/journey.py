"""Hand-overs: how sales treats people, and what comes of it.

What happens depends on hidden need, project and role, and on how soon sales follows up; sellers
themselves see only what is visible: who asked, and who has clicked around a lot.
"""

from dataclasses import dataclass, fields

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
    whole,
)  # fmt: skip
from sample.world.clock import Calendar, office_delay, office_time
from sample.world.companies import NO_COMPANY, Companies
from sample.world.kinds import PersonKind
from sample.world.outcomes import Outcome, conclude, meet
from sample.world.people import People
from sample.world.signals import Signals, Trigger, next_signals
from sample.world.staff import Staff

ROUNDS = 3
FOLLOW_FACTOR: Floats = np.array([1.28, 1.18, 0.95, 0.78, 0.72])
PASSING_HOURS: Floats = np.array([0.4, 0.8, 40.0, 60.0, 50.0])
SLOWNESS: Floats = np.array([0.45, 0.6, 1.2, 2.0, 2.0])


@dataclass(frozen=True)
class Handoffs:
    """Hand-overs of a chunk; moments after the end of the history are NEVER.

    ``reached`` is the first talk, ``attempts`` the tries until then, ``qualified`` the moment
    sales itself saw a chance, ``delay_days`` the wait for the first follow-up.
    """

    person: Ints
    at: Ints
    trigger: Ints
    owner: Ints
    moved_at: Ints
    new_owner: Ints
    followed: Ints
    attempts: Ints
    reached: Ints
    meeting: Ints
    booked: Ints
    held: Bools
    converted: Ints
    outcome: Ints
    ended: Ints
    reason: Ints
    delay_days: Floats

    def owner_at(self, at: Ints) -> Ints:
        """Return who owned each hand-over at a moment."""
        return np.where(at >= self.moved_at, self.new_owner, self.owner)


def hand_over(
    rng: Rng,
    cal: Calendar,
    people: People,
    firms: Companies,
    staff: Staff,
    signals: Signals,
    end: int,
) -> Handoffs:
    """Play the hand-overs of a chunk, a person at most ``ROUNDS`` times."""
    available = np.zeros(len(people), dtype=np.int64)
    rounds = []
    for _ in range(ROUNDS):
        chosen = next_signals(signals, available)
        played = _play(rng, cal, people, firms, staff, signals, chosen, end)
        rounds.append(played)
        available[:] = NEVER
        available[played.person] = _free_again(people, played)
    joined = {
        field.name: np.concatenate([getattr(part, field.name) for part in rounds])
        for field in fields(Handoffs)
    }
    keep = joined["at"] < end
    return Handoffs(**{name: values[keep] for name, values in joined.items()})


def _free_again(people: People, played: Handoffs) -> Ints:
    """Return from when on a person can be handed over again."""
    waits = np.array([60, 0, 30, 150, 60]) * DAY
    since = np.where(happened(played.ended), played.ended, np.minimum(played.at, NEVER - DAY))
    again = since + waits[played.outcome]
    hopeless = np.isin(
        people.kind[played.person],
        (PersonKind.COMPETITOR, PersonKind.STUDENT, PersonKind.JOB_SEEKER),
    )
    closed = (played.outcome == Outcome.CONVERTED) | (
        hopeless & (played.outcome == Outcome.REJECTED)
    )
    return np.where(closed | (played.at >= NEVER), NEVER, again)


def _play(
    rng: Rng, cal: Calendar, people: People, firms: Companies, staff: Staff,
    signals: Signals, chosen: Ints, end: int,
) -> Handoffs:  # fmt: skip
    """Play one hand-over for each chosen signal."""
    person, trigger = signals.person[chosen], signals.trigger[chosen]
    size = len(person)
    passed = signals.at[chosen] + office_delay(rng, PASSING_HOURS[trigger], 0.6)
    at = office_time(rng, cal, passed)
    owner, moved_at, new_owner = _owners(rng, people, firms, staff, person, at)
    seen = np.minimum(signals.seen[chosen] / 12.0, 1.0)
    chance = staff.diligence[owner] * FOLLOW_FACTOR[trigger] * (0.68 + 0.32 * seen)
    chance = np.where(staff.active[owner] == 1, chance, 0.15)
    follows = rng.random(size) < chance
    waited = at + office_delay(rng, staff.pace[owner] * SLOWNESS[trigger], 0.9)
    followed = np.where(follows, office_time(rng, cal, waited), NEVER)
    delay = np.where(follows, (followed - at) / DAY, 99.0)
    ease = 0.42 + 0.2 * (trigger <= Trigger.INQUIRY) - 0.03 * np.minimum(delay, 7)
    tries = rng.geometric(np.clip(ease, 0.1, 0.9))
    attempts = np.minimum(tries, rng.integers(1, 5, size))
    gap = (attempts - 1) * 2 * DAY + rng.integers(0, HOUR, size)
    last_try = office_time(rng, cal, np.where(follows, followed + gap * (attempts > 1), at))
    reached = np.where(follows & (tries <= attempts), last_try, NEVER)
    meeting, booked, held, converted = meet(rng, cal, people, person, trigger, reached, delay)
    meets = happened(meeting)
    outcome, ended, reason = conclude(
        rng, people, (person, at, last_try), follows, reached,
        (meeting, converted), meets,
    )  # fmt: skip

    def seen_byconclude(moment: Ints) -> Ints:
        return np.where(moment < end, moment, NEVER)

    return Handoffs(
        person, seen_byconclude(at), trigger, owner, seen_byconclude(moved_at), new_owner,
        seen_byconclude(followed), attempts, seen_byconclude(reached),
        meeting=np.where(booked < end, meeting, NEVER), booked=seen_byconclude(booked), held=held,
        converted=seen_byconclude(converted), outcome=np.where(ended < end, outcome, Outcome.NONE),
        ended=seen_byconclude(ended), reason=np.where(ended < end, reason, -1), delay_days=delay,
    )  # fmt: skip


def _owners(
    rng: Rng, people: People, firms: Companies, staff: Staff, person: Ints, at: Ints
) -> tuple[Ints, Ints, Ints]:
    """Assign a seller by company; some people move on to another seller."""
    company = people.company[person]
    base = np.where(company == NO_COMPANY, people.number[person], firms.number[company])
    owner = base * 13 % staff.sellers
    moves = rng.random(len(person)) < np.where(staff.active[owner] == 1, 0.06, 0.6)
    moved_at = np.where(moves, at + whole(rng.random(len(person)) * 10 * DAY) + HOUR, NEVER)
    new_owner = (owner + 3) % (staff.sellers - 2)
    return owner, moved_at, np.where(moves, new_owner, owner)
