"""Forms people fill, and what they say about themselves on them."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import DAY, HOUR, NEVER, Bools, Ints, Rng, pick, whole
from sample.world.clock import Calendar, browsing_time
from sample.world.kinds import FORM_MEANS, FormKind
from sample.world.people import ORIGINS, People
from sample.world.site import FORMS

ASKING = (FormKind.INQUIRY, FormKind.DEMO, FormKind.QUOTE)
TIMELINES = (1, 3, 6, 12, 99)
PROBLEMS = 8
FIRST_FORM_SHARES = (0.3, 0.7)  # newsletter, download
WHO_TELLS = {FormKind.DOWNLOAD: 0.45, FormKind.EVENT: 0.5}


@dataclass(frozen=True)
class Fills:
    """Forms filled: who, when, which form; ``form`` is a position in ``FORMS``."""

    person: Ints
    at: Ints
    form: Ints

    @property
    def kind(self) -> Ints:
        """The kind of each form filled."""
        return FORM_KIND[self.form]


@dataclass(frozen=True)
class Answers:
    """What people stated, on which form.

    Attributes:
        person, at: Who said it when.
        months: Position in ``TIMELINES``, -1 not said; may differ from the truth.
        budget: 0 secured, 1 applied for, 2 undecided, 3 none, 4 a range of money, -1 not said.
        role: 0 decides, 1 recommends, 2 handles, 3 gathers, -1 not said.
        problem: Position in the list of problems, -1 not said.
        english: The form was in English.
    """

    person: Ints
    at: Ints
    months: Ints
    budget: Ints
    role: Ints
    problem: Ints
    english: Bools


FORM_KIND: Ints = np.array([form.kind for form in FORMS], dtype=np.int64)


def fill_forms(rng: Rng, cal: Calendar, people: People, end: int) -> Fills:
    """Draw every form except event registrations."""
    means = FORM_MEANS[people.kind]
    counts = rng.poisson(means)
    slot = np.repeat(np.tile(np.arange(means.shape[1]), len(people)), counts.ravel())
    person = np.repeat(np.arange(len(people)), counts.sum(axis=1))
    at = _moments(rng, cal, people, person, slot, end)
    starters = np.flatnonzero(people.origin == ORIGINS.index("web"))
    first = pick(rng, FIRST_FORM_SHARES, len(starters))
    person = np.concatenate([person, starters])
    slot = np.concatenate([slot, first])
    at = np.concatenate([at, people.created[starters] + rng.integers(5, 300, len(starters))])
    keep = at < end
    order = np.lexsort((slot[keep], at[keep], person[keep]))
    person, at, slot = person[keep][order], at[keep][order], slot[keep][order]
    return Fills(person, at, _forms_of(rng, slot))


def registrations(rng: Rng, person: Ints, at: Ints) -> Fills:
    """Return the forms of event registrations made on the site."""
    kind = np.full(len(person), int(FormKind.EVENT), dtype=np.int64)
    return Fills(person, at, _forms_of(rng, kind))


def state_needs(rng: Rng, people: People, fills: Fills, funded: Bools) -> Answers:
    """Draw what people tell: mostly the truth, sometimes rosier, sometimes nothing."""
    kind = fills.kind
    chance = np.where(np.isin(kind, ASKING), 0.85, 0.0)
    for form_kind, share in WHO_TELLS.items():
        chance = np.where(kind == form_kind, share, chance)
    told = rng.random(len(kind)) < chance
    person, at, size = fills.person[told], fills.at[told], int(told.sum())
    left = people.months[person].copy()
    honest = rng.random(size) < 0.78
    months = np.searchsorted(TIMELINES, left, side="left")
    months = np.where(honest, np.minimum(months, 4), pick(rng, (1, 3, 4, 3, 5), size))
    budget = np.where(
        funded[person], pick(rng, (6, 2, 1, 0.2, 3), size), pick(rng, (0.5, 2, 6, 3, 1), size)
    )
    role = np.where(rng.random(size) < 0.85, people.role[person], rng.integers(0, 4, size))
    english = np.array([form.name.isascii() for form in FORMS])[fills.form[told]]
    return Answers(
        person=person,
        at=at,
        months=np.where(rng.random(size) < 0.9, months, -1),
        budget=np.where(rng.random(size) < 0.8, budget, -1),
        role=np.where(rng.random(size) < 0.85, role, -1),
        problem=np.where(rng.random(size) < 0.7, rng.integers(0, PROBLEMS, size), -1),
        english=english,
    )


def _moments(rng: Rng, cal: Calendar, people: People, person: Ints, kind: Ints, end: int) -> Ints:
    """Draw when forms are filled: requests when the person is about ready."""
    size = len(person)
    created = people.created[person]
    life = created + whole((end - created) * rng.beta(0.6, 1.8, size))
    ready = people.ready_at[person] + whole(rng.normal(0.0, 12.0, size) * DAY)
    early = people.window_start[person] + whole(rng.exponential(25.0, size) * DAY)
    asks = np.isin(kind, ASKING)
    buying = people.ready_at[person] < NEVER
    at = np.where(buying & asks, ready, np.where(buying & (rng.random(size) < 0.7), early, life))
    at = np.where(at < created, created + rng.integers(HOUR, 3 * DAY, size), at)
    moved = browsing_time(rng, cal, at)
    return np.where(moved < created, at, moved)


def _forms_of(rng: Rng, kind: Ints) -> Ints:
    """Draw a form of each kind."""
    result = np.zeros(len(kind), dtype=np.int64)
    for value in FormKind:
        options = np.flatnonzero(value == FORM_KIND)
        here = kind == value
        weights = [FORMS[i].weight for i in options]
        result[here] = options[pick(rng, weights, int(here.sum()))]
    return result
