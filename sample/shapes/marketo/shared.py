"""Record and activity numbers, and columns every activity table has."""

from dataclasses import dataclass, field

import numpy as np

from sample.shapes.desk import ID_ROOM, Desk
from sample.shapes.tracking import Tracking
from sample.store.arrow import Column, integers, times
from sample.world.arrays import Bools, Ints, Rng

FIRST_ACTIVITY = 50_000_000


@dataclass
class Numbers:
    """Hands out activity numbers of a chunk and finds the record of a person."""

    desk: Desk
    _next: int = field(default=0, init=False)

    def activities(self, size: int) -> Ints:
        """Return the next activity numbers."""
        start = FIRST_ACTIVITY + self.desk.world.chunk * ID_ROOM + self._next
        self._next += size
        return start + np.arange(size)

    @property
    def tracking(self) -> Tracking:
        """Whom the tool follows, and since when."""
        return self.desk.tracking["marketo"]

    def visible(self, person: Ints, at: Ints) -> Bools:
        """Tell what the tool recorded: people it knew, not yet deleted, up to now."""
        return self.tracking.saw(person, at) & (at < self.desk.end)

    def records(self, rng: Rng, person: Ints, at: Ints) -> Ints:
        """Return the record each activity is logged on."""
        return self.tracking.book.on(rng, person, at)

    def common(self, rng: Rng, kind: int, person: Ints, at: Ints) -> dict[str, Column]:
        """Return the columns of every activity."""
        size = len(person)
        return {
            "id": integers(self.activities(size)),
            "activity_date": times(at, "ms"),
            "activity_type_id": integers(np.full(size, kind)),
            "lead_id": integers(self.records(rng, person, at)),
        }
