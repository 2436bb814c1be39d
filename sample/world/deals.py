"""Opportunities: opened out of meetings, moved through stages, won or lost."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import DAY, NEVER, Bools, Floats, Ints, Rng, happened, pick, sigmoid, whole
from sample.world.clock import Calendar, office_time
from sample.world.companies import NO_COMPANY, Companies
from sample.world.journey import Handoffs
from sample.world.people import People

STAGES = ("Prospecting", "Qualification", "Proposal/Price Quote", "Negotiation/Review")
STAGE_DAYS: Floats = np.array([7.0, 14.0, 21.0, 17.0])
LOST_IN: Floats = np.array([0.18, 0.30, 0.36, 0.16])
REOPENED_SHARE = 0.12


@dataclass(frozen=True)
class Deals:
    """Opportunities of a chunk; old ones of customers have no opener (-1).

    Attributes:
        company, opener, owner: Whose it is.
        opened: When it was created.
        entered: Moment each of the four stages was entered, NEVER if not yet.
        closed, won: End, if it has come.
        due: Close date expected while open.
        amount: Yen.
        follows_up: The deal came back after a loss.
        member_deal, member_person, member_at: People tied to a deal, its opener included.
    """

    company: Ints
    opener: Ints
    owner: Ints
    opened: Ints
    entered: Ints
    closed: Ints
    won: Bools
    due: Ints
    amount: Ints
    follows_up: Bools
    member_deal: Ints
    member_person: Ints
    member_at: Ints

    def __len__(self) -> int:
        """Return the number of deals."""
        return len(self.company)


@dataclass(frozen=True)
class _Course:
    """The course of each deal: stage moments, end, result."""

    entered: Ints
    closed: Ints
    won: Bools


def make_deals(
    rng: Rng, cal: Calendar, people: People, firms: Companies, handoffs: Handoffs, end: int
) -> Deals:
    """Open a deal per converted person, one at a time per company, and play it to its end."""
    source = np.flatnonzero(happened(handoffs.converted))
    source = source[np.argsort(handoffs.converted[source], kind="stable")]
    person, opened = handoffs.person[source], handoffs.converted[source]
    chance = _win_chance(people, firms, person, opened, handoffs.delay_days[source])
    course = _play(rng, cal, opened, chance)
    company = people.company[person]
    own, joins = _one_per_company(company, opened, course.closed)
    members = (joins, person, opened)
    owner = handoffs.owner_at(handoffs.converted)[source]
    back = own[~course.won[own] & (rng.random(len(own)) < REOPENED_SHARE)]
    again = office_time(
        rng, cal, course.closed[back] + whole(rng.uniform(50, 220, len(back)) * DAY)
    )
    late = _play(rng, cal, again, np.full(len(back), 0.3))
    old = np.flatnonzero(happened(firms.customer_since))
    first = firms.customer_since[old]
    picked = np.concatenate([own, back])
    everybody = np.concatenate([company[picked], old])
    budget = firms.budget[everybody] * rng.uniform(0.5, 1.3, len(everybody))
    deals = _Draft(
        company=everybody,
        opener=np.concatenate([person[picked], np.full(len(old), -1)]),
        owner=np.concatenate([owner[picked], firms.number[old] * 13 % 6]),
        opened=np.concatenate([opened[own], again, first - 60 * DAY]),
        entered=np.concatenate(
            [course.entered[own], late.entered, first[:, None] - np.array([60, 50, 35, 15]) * DAY]
        ),
        closed=np.concatenate([course.closed[own], late.closed, first]),
        won=np.concatenate([course.won[own], late.won, np.ones(len(old), dtype=np.bool_)]),
        follows_up=np.arange(len(everybody)) >= len(own),
        amount=np.maximum(whole(budget) // 100_000, 3) * 100_000,
    )
    position = np.full(len(person), -1)
    position[own] = np.arange(len(own))
    return _until(deals, end, (position[members[0]], members[1], members[2]), len(own) + len(back))


@dataclass(frozen=True)
class _Draft:
    """Deals before what lies after the end of the history is hidden."""

    company: Ints
    opener: Ints
    owner: Ints
    opened: Ints
    entered: Ints
    closed: Ints
    won: Bools
    follows_up: Bools
    amount: Ints


def _until(draft: _Draft, end: int, members: tuple[Ints, Ints, Ints], with_opener: int) -> Deals:
    """Hide the future and tie people to deals."""
    here = draft.opened < end
    position = np.where(here, np.cumsum(here) - 1, -1)
    later = np.flatnonzero(draft.follows_up[:with_opener] & here[:with_opener])
    deal = np.concatenate([position[members[0]], position[later]])
    closed = np.where(draft.closed < end, draft.closed, NEVER)
    return Deals(
        company=draft.company[here],
        opener=draft.opener[here],
        owner=draft.owner[here],
        opened=draft.opened[here],
        entered=np.where(draft.entered < end, draft.entered, NEVER)[here],
        closed=closed[here],
        won=(draft.won & happened(closed))[here],
        due=np.where(happened(closed), closed, np.maximum(draft.opened + 80 * DAY, end + 9 * DAY))[
            here
        ],
        amount=draft.amount[here],
        follows_up=draft.follows_up[here],
        member_deal=deal,
        member_person=np.concatenate([members[1], draft.opener[later]]),
        member_at=np.concatenate([members[2], draft.opened[later]]),
    )


def _win_chance(people: People, firms: Companies, person: Ints, at: Ints, delay: Floats) -> Floats:
    """Return the chance to win, from what is hidden and from how long sales let people wait."""
    inside = (at > people.window_start[person]) & (at < people.window_end[person])
    funded = firms.funded[people.company[person]]
    role = people.role[person]
    return sigmoid(
        -3.7
        + 4.0 * people.need[person]
        + 0.7 * funded
        + 0.6 * (role == 0)
        + 0.2 * (role == 1)
        + 0.4 * (people.months[person] <= 3)
        - 1.5 * ~inside
        - 0.25 * np.minimum(delay, 8.0)
    )


def _play(rng: Rng, cal: Calendar, opened: Ints, chance: Floats) -> _Course:
    """Draw the stages of deals, and where the lost ones end."""
    size = len(opened)
    won = rng.random(size) < chance
    days = STAGE_DAYS * np.exp(rng.normal(0.0, 0.6, (size, 4)))
    ends = opened[:, None] + np.cumsum(days, axis=1) * DAY
    moments = np.stack([office_time(rng, cal, whole(ends[:, i])) for i in range(4)], axis=1)
    moments = np.maximum.accumulate(moments, axis=1) + np.arange(4) * 60
    last = np.where(won, 3, pick(rng, LOST_IN, size))
    entered = np.concatenate([opened[:, None], moments[:, :3]], axis=1)
    entered = np.where(np.arange(4)[None, :] <= last[:, None], entered, NEVER)
    return _Course(entered, moments[np.arange(size), last], won)


def _one_per_company(company: Ints, opened: Ints, closed: Ints) -> tuple[Ints, Ints]:
    """Return which conversions open a deal, and for each conversion the one it belongs to."""
    running: dict[int, int] = {}
    joins = np.arange(len(company))
    for index, firm in enumerate(company.tolist()):
        before = running.get(firm)
        if firm != NO_COMPANY and before is not None and opened[index] < closed[before]:
            joins[index] = before
        else:
            running[firm] = index
    return np.unique(joins), joins
