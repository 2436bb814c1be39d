"""What makes it hard to tell who is one person: namesakes, shared telephones, records apart."""

from dataclasses import dataclass, replace

import numpy as np

from sample.world.arrays import Bools, Ints, Rng, pick
from sample.world.companies import FIRST_ORDINARY
from sample.world.people import People
from sample.world.records import FIRST, OTHER, TYPO, WORK, Records

NAMESAKE_SHARE = 0.08  # all shares are of people, at noise 1
SWITCHBOARD_SHARE = 0.8
APART_SHARE = 0.35
APART_ADDRESS = (0.5, 0.25, 0.25)  # private, typed wrong, another one at work
AS_IS, SWAPPED, LATIN, KANA, OLDER = range(5)  # how the name of a record apart is written
APART_NAME = (0.5, 0.12, 0.16, 0.12, 0.10)


@dataclass(frozen=True)
class Apart:
    """How marketing knows each person; ``FIRST`` and ``AS_IS`` where nothing is odd.

    Attributes:
        address: How the address differs from the one the CRM has.
        name: How the name is written.
    """

    address: Ints
    name: Ints


def with_namesakes(rng: Rng, people: People, noise: float) -> People:
    """Give some people the name of a colleague, and some the telephone of their office."""
    size = len(people)
    family, given, english = people.family.copy(), people.given.copy(), people.english.copy()
    order = np.argsort(people.company, kind="stable")
    near = order[1:][people.company[order[1:]] == people.company[order[:-1]]]
    before = order[:-1][people.company[order[1:]] == people.company[order[:-1]]]
    chosen = (rng.random(len(near)) < NAMESAKE_SHARE * noise) & (
        people.company[near] >= FIRST_ORDINARY
    )
    for values in (family, given, english):
        values[near[chosen]] = values[before[chosen]]
    switchboard = (rng.random(size) < SWITCHBOARD_SHARE * noise) & (
        people.company >= FIRST_ORDINARY
    )
    return replace(people, family=family, given=given, english=english, switchboard=switchboard)


def keep_apart(rng: Rng, records: Records, noise: float) -> tuple[Records, Apart]:
    """Let marketing know some people by another address and no CRM id.

    Returns:
        The records, of which those apart are no longer linked, and how each is apart.
    """
    size = len(records.ma)
    apart: Bools = rng.random(size) < APART_SHARE * noise
    address = np.array([OTHER, TYPO, WORK])[pick(rng, APART_ADDRESS, size)]
    name = pick(rng, APART_NAME, size)
    return (
        replace(records, linked=records.linked & ~apart),
        Apart(np.where(apart, address, FIRST), np.where(apart, name, AS_IS)),
    )
