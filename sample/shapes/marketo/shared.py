"""Record and activity numbers, and columns every activity table has."""

from dataclasses import dataclass, field

import numpy as np

from sample.shapes.desk import ID_ROOM, Desk
from sample.store.arrow import Column, Table, integers, pa, times
from sample.world.arrays import Bools, Ints, Rng

FIRST_ACTIVITY = 50_000_000
MACHINE_SCHEMA = ("table_name", "activity_id")


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

    def visible(self, person: Ints, at: Ints) -> Bools:
        """Tell what the tool recorded: people it knew, not yet deleted, up to now."""
        records = self.desk.world.records
        known = (records.ma[person] <= at) & (at < records.ma_deleted[person])
        return known & (at < self.desk.end)

    def records(self, rng: Rng, person: Ints, at: Ints) -> Ints:
        """Return the record each activity is logged on."""
        return self.desk.ma_book.on(rng, person, at)

    def common(self, rng: Rng, kind: int, person: Ints, at: Ints) -> dict[str, Column]:
        """Return the columns of every activity."""
        size = len(person)
        return {
            "id": integers(self.activities(size)),
            "activity_date": times(at, "ms"),
            "activity_type_id": integers(np.full(size, kind)),
            "lead_id": integers(self.records(rng, person, at)),
        }


def truth_of_machines(table: str, ids: Column, machine: Bools) -> Table:
    """Return which activities of a table no person did."""
    chosen = ids.filter(pa.array(machine))
    return pa.table(
        {
            "connector": pa.array(["marketo"] * len(chosen), type=pa.string()),
            "table_name": pa.array([table] * len(chosen), type=pa.string()),
            "activity_id": chosen,
        }
    )
