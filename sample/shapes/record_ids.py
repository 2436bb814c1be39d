"""Which of a person's records something is logged on."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import Ints, Rng, never
from sample.world.records import Extra

SECOND_SHARE = 0.45
RANKS = 2


@dataclass(frozen=True)
class RecordBook:
    """Record numbers of a chunk: one per person, then one per duplicate.

    Attributes:
        first: Number of each person's first record.
        extra: Number of each duplicate, in the order of the duplicates.
        slot_number, slot_from, slot_until: Duplicate of each rank per person.
    """

    first: Ints
    extra: Ints
    slot_number: Ints
    slot_from: Ints
    slot_until: Ints

    def on(self, rng: Rng, person: Ints, at: Ints) -> Ints:
        """Return the record that something is logged on; duplicates take their share."""
        number = self.first[person]
        for rank in range(RANKS):
            alive = (at >= self.slot_from[person, rank]) & (at < self.slot_until[person, rank])
            takes = alive & (rng.random(len(person)) < SECOND_SHARE)
            number = np.where(takes, self.slot_number[person, rank], number)
        return number

    def parents(self, extra: Extra) -> Ints:
        """Return the record each duplicate is merged into."""
        second = self.slot_number[extra.person, 0]
        return np.where(extra.parent == 0, self.first[extra.person], second)


def number_records(base: int, people: int, extra: Extra) -> RecordBook:
    """Number the records of a chunk from a base on."""
    numbers = base + people + np.arange(len(extra.person))
    slot_number = np.full((people, RANKS), -1, dtype=np.int64)
    slot_from = np.stack([never(people)] * RANKS, axis=1)
    slot_until = slot_from.copy()
    column = extra.rank - 1
    slot_number[extra.person, column] = numbers
    slot_from[extra.person, column] = extra.created
    slot_until[extra.person, column] = extra.merged
    return RecordBook(base + np.arange(people), numbers, slot_number, slot_from, slot_until)
