"""Ids of a Pardot organisation, and which prospect something is logged on."""

from dataclasses import dataclass

import numpy as np

from sample.shapes.desk import ID_ROOM, Desk
from sample.shapes.tracking import Tracking
from sample.store.arrow import Column, integers
from sample.world.arrays import Bools, Ints, Rng

FIRST_VISITOR = 300_000_001
VISITOR_ROOM = 100_000
FIRST_ACCOUNT = 20_001
FIRST_CAMPAIGN = 64_001
FIRST_USER = 15_060_001


@dataclass(frozen=True)
class Org:
    """One chunk as Pardot sees it."""

    desk: Desk

    @property
    def tracking(self) -> Tracking:
        """Whom the tool follows, and since when."""
        return self.desk.tracking["pardot"]

    def saw(self, person: Ints, at: Ints) -> Bools:
        """Tell what was recorded, up to now."""
        return self.tracking.saw(person, at) & (at < self.desk.end)

    def prospects(self, rng: Rng, person: Ints, at: Ints) -> Ints:
        """Return the prospect each row is logged on; one merged away keeps what it had."""
        return self.tracking.book.on(rng, person, at)

    def numbers(self, first: int, size: int) -> Ints:
        """Return ids of a chunk's rows of one kind."""
        return first + self.desk.world.chunk * ID_ROOM + np.arange(size)

    def accounts(self, company: Ints, shown: Bools) -> Column:
        """Return the account of each company where shown."""
        return integers(FIRST_ACCOUNT + self.desk.world.firms.number[company], shown)


def mail_campaign(programmes: int) -> int:
    """Return the campaign all mails belong to; events have the ones before."""
    return FIRST_CAMPAIGN + programmes
