"""The organisation's own people: sales, inside sales, marketing and a machine account."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import Floats, Ints, stream
from sample.world.words import FAMILY, GIVEN, pair

LEADS_PER_SELLER = 120
FEWEST_SELLERS, MOST_SELLERS = 8, 80
MARKETERS = 4
DEPARTMENTS = ("営業部", "インサイドセールス", "マーケティング部", "システム")
SALES, INSIDE, MARKETING, SYSTEM = range(4)


@dataclass(frozen=True)
class Staff:
    """Users of the CRM; sellers come first, then marketers, then the machine account.

    Attributes:
        name, mail: As shown in the CRM.
        department: Position in ``DEPARTMENTS``.
        active: 1 unless the user has left.
        diligence: Hidden chance to follow up at all.
        pace: Hidden median hours until the first follow-up.
        speaks: 0 sets English statuses in the CRM, 1 Japanese ones.
        sellers: How many of the first users are sellers.
    """

    name: list[str]
    mail: list[str]
    department: Ints
    active: Ints
    diligence: Floats
    pace: Floats
    speaks: Ints
    sellers: int

    @property
    def marketer(self) -> int:
        """The marketing user who owns what nobody else owns."""
        return self.sellers

    @property
    def machine(self) -> int:
        """The account of the integration."""
        return self.sellers + MARKETERS


def make_staff(seed: int, leads: int) -> Staff:
    """Hire enough sellers for the number of leads; the last two have left."""
    rng = stream(seed, "staff")
    sellers = int(np.clip(leads // LEADS_PER_SELLER, FEWEST_SELLERS, MOST_SELLERS))
    total = sellers + MARKETERS + 1
    family, given = rng.permutation(len(FAMILY)), rng.permutation(len(GIVEN))
    names, mails = [], []
    for index in range(total - 1):
        last, last_latin = pair(FAMILY[family[index % len(FAMILY)]])
        first, first_latin = pair(GIVEN[given[(index * 7) % len(GIVEN)]])
        names.append(f"{last} {first}")
        mails.append(f"{first_latin}.{last_latin}{index}@kumohashi.example")
    department = np.full(total, MARKETING)
    department[:sellers] = np.where(np.arange(sellers) % 3 == 0, INSIDE, SALES)
    department[-1] = SYSTEM
    active = np.ones(total, dtype=np.int64)
    active[sellers - 2 : sellers] = 0
    return Staff(
        name=[*names, "MA連携ユーザー"],
        mail=[*mails, "ma-integration@kumohashi.example"],
        department=department.astype(np.int64),
        active=active,
        diligence=rng.beta(6.0, 2.0, total),
        pace=np.exp(rng.normal(1.5, 0.8, total)),
        speaks=(rng.random(total) < 0.5).astype(np.int64),
        sellers=sellers,
    )
