"""Moments at which marketing may hand a person to sales."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from sample.world.arrays import NEVER, Floats, Ints, Rng, happened
from sample.world.events import Participations
from sample.world.forms import Fills
from sample.world.kinds import FormKind, PersonKind
from sample.world.people import ORIGINS, People
from sample.world.visits import Views


class Trigger(IntEnum):
    """What made marketing pass a person on."""

    REQUEST = 0
    INQUIRY = 1
    EVENT = 2
    DOWNLOAD = 3
    CARD = 4


PASSED_ON: Floats = np.array([0.98, 0.90, 0.34, 0.14, 0.55])
SCREENED: Floats = np.ones(len(PersonKind))
SCREENED[PersonKind.JOB_SEEKER] = 0.15
SCREENED[PersonKind.STUDENT] = 0.5
SCREENED[PersonKind.CUSTOMER] = 0.08
SCREENED[PersonKind.PARTNER] = 0.25
SCREENED[PersonKind.STAFF_TEST] = 0.2
FORM_TRIGGER = {
    FormKind.DEMO: Trigger.REQUEST,
    FormKind.QUOTE: Trigger.REQUEST,
    FormKind.INQUIRY: Trigger.INQUIRY,
    FormKind.DOWNLOAD: Trigger.DOWNLOAD,
}
KEY = 1 << 34


@dataclass(frozen=True)
class Signals:
    """Signals that marketing acts on, by person and time; ``seen`` counts views before."""

    person: Ints
    at: Ints
    trigger: Ints
    seen: Ints


def find_signals(
    rng: Rng, people: People, fills: Fills, events: Participations, views: Views
) -> Signals:
    """Collect the signals marketing passes on, knowing nothing of hidden need."""
    trigger_of = np.full(len(FormKind), -1, dtype=np.int64)
    for kind, meaning in FORM_TRIGGER.items():
        trigger_of[kind] = meaning
    by_form = trigger_of[fills.kind]
    forms = np.flatnonzero(by_form >= 0)
    came = np.flatnonzero(happened(events.attended))
    cards = np.flatnonzero(people.origin == ORIGINS.index("card"))
    person = np.concatenate([fills.person[forms], events.person[came], cards])
    at = np.concatenate([fills.at[forms], events.attended[came], people.created[cards]])
    trigger = np.concatenate(
        [by_form[forms], np.full(len(came), Trigger.EVENT), np.full(len(cards), Trigger.CARD)]
    )
    passed = rng.random(len(person)) < PASSED_ON[trigger] * SCREENED[people.kind[person]]
    person, at, trigger = person[passed], at[passed], trigger[passed]
    order = np.lexsort((trigger, at, person))
    person, at, trigger = person[order], at[order], trigger[order]
    return Signals(person, at, trigger, views_before(views, person, at))


def views_before(views: Views, person: Ints, at: Ints) -> Ints:
    """Count each person's views before a moment; views are in order of person and time."""
    keys = views.person * KEY + views.at
    upto = np.searchsorted(keys, person * KEY + at)
    return np.asarray(upto - np.searchsorted(views.person, person), dtype=np.int64)


def next_signals(signals: Signals, available: Ints) -> Ints:
    """Return the position of each person's first signal from its availability on."""
    usable = np.flatnonzero(signals.at >= available[signals.person])
    usable = usable[available[signals.person[usable]] < NEVER]
    _, first = np.unique(signals.person[usable], return_index=True)
    return usable[first]
