"""Ids of a portal, and which contact something is logged on."""

from dataclasses import dataclass

import numpy as np

from sample.shapes.desk import ID_ROOM, Desk
from sample.shapes.marketing import FIRST_PRIVATE
from sample.shapes.tracking import Tracking
from sample.shapes.typed import other_address
from sample.store.arrow import Column, integers, words
from sample.world.arrays import Bools, Ints, Rng, happened
from sample.world.records import CASE, WIDTH

PORTAL_ID = 4_710_001
FIRST_OWNER = 70_000_011
FIRST_COMPANY = 9_000_000_001
FIRST_DEAL = 12_000_000_001
FIRST_ENGAGEMENT = 30_000_000_001
DEAL_ROOM = 40_000


@dataclass(frozen=True)
class Portal:
    """One chunk as HubSpot sees it; ``is_crm`` where sales work in it too."""

    desk: Desk
    is_crm: bool

    @property
    def tracking(self) -> Tracking:
        """Whom the portal follows, and since when."""
        return self.desk.tracking["hubspot"]

    def saw(self, person: Ints, at: Ints) -> Bools:
        """Tell what marketing recorded, up to now."""
        return self.tracking.saw(person, at) & (at < self.desk.end)

    def knew(self, person: Ints, at: Ints) -> Bools:
        """Tell which moments fall into the life of a person's contact."""
        alive = (self.tracking.made[person] <= at) & (at < self.tracking.deleted[person])
        return alive & (at < self.desk.end)

    def contacts(self, rng: Rng, person: Ints, at: Ints) -> Ints:
        """Return the contact each row is logged on."""
        return self.tracking.book.on(rng, person, at)

    def numbers(self, first: int, size: int) -> Ints:
        """Return ids of a chunk's rows of one kind."""
        return first + self.desk.world.chunk * ID_ROOM + np.arange(size)

    def owners(self, user: Ints, shown: Bools | None = None) -> Column:
        """Return owner ids, null where a user is negative or not shown."""
        known = user >= 0 if shown is None else shown & (user >= 0)
        return integers(owner_ids(user), known)

    def companies(self) -> Bools:
        """Mark the companies the portal made a record of: those with a domain and a contact."""
        firms, people = self.desk.world.firms, self.desk.world.people
        here = np.zeros(len(firms.number), dtype=np.bool_)
        here[people.company[happened(self.tracking.made)]] = True
        if self.is_crm:
            here[self.desk.world.deals.company] = True
        here[[not domain for domain in firms.domain]] = False
        return here

    def mailboxes(self) -> list[str]:
        """Return the address mails to each record go to: first records, then duplicates.

        A mail tool sends to addresses in their plain form, however they were typed.
        """
        texts, track = self.desk.texts, self.tracking
        apart, numbers = self.desk.world.apart.address, self.desk.world.people.number
        own = zip(texts.email, apart.tolist(), (FIRST_PRIVATE + numbers).tolist(), strict=True)
        first = [other_address(mail, how, number) for mail, how, number in own]
        plain = np.where(np.isin(track.extra.address, (CASE, WIDTH)), -1, track.extra.address)
        twins = zip(
            track.extra.person.tolist(), plain.tolist(), track.book.extra.tolist(), strict=True
        )
        return [*first, *(other_address(texts.email[p], how, number) for p, how, number in twins)]


def owner_ids(user: Ints) -> Ints:
    """Return the owner id of each user of the organisation."""
    return FIRST_OWNER + user * 17


def in_portal(size: int) -> Column:
    """Return the portal id in every row."""
    return words([str(PORTAL_ID)], np.zeros(size, dtype=np.int64))
