"""What every shape writer has at hand for one chunk."""

from collections.abc import Mapping
from dataclasses import dataclass

from sample.shapes.record_ids import RecordBook
from sample.shapes.stated import Statements
from sample.shapes.texts import Texts
from sample.shapes.tracking import Tracking
from sample.store.arrow import Column, pa, text
from sample.store.outlet import Draft, Outlet
from sample.store.truth import Truth
from sample.world.arrays import Bools, Ints, Rng
from sample.world.build import Frame, World

ID_ROOM = 8_000_000
RECORD_ROOM = 40_000


@dataclass(frozen=True)
class Desk:
    """One chunk of the world, its spelled-out people, its record numbers and the way out."""

    frame: Frame
    world: World
    texts: Texts
    statements: Statements
    tracking: Mapping[str, Tracking]
    crm_book: RecordBook
    outlet: Outlet
    truth: Truth

    @property
    def end(self) -> int:
        """The last moment of the history."""
        return self.frame.spec.end_seconds

    def rng(self, topic: str) -> Rng:
        """Return a random stream for one topic of this chunk."""
        return self.outlet.rng(topic)

    def put(
        self, name: tuple[str, str], columns: Mapping[str, Column], moment: Ints, *,
        key: str = "id", time: str | None = None,
    ) -> None:  # fmt: skip
        """Land a table of this chunk."""
        self.outlet.put(name[0], name[1], Draft(columns, moment, key, time))

    def tell_machines(self, connector: str, table: str, ids: Column, machine: Bools) -> None:
        """Note in the truth which activities of a table no person did."""
        chosen = ids.filter(pa.array(machine)).cast(pa.string())
        columns = {
            "connector": text([connector] * len(chosen)),
            "table_name": text([table] * len(chosen)),
            "activity_id": chosen,
        }
        self.truth.add("machine_activities", pa.table(columns))
