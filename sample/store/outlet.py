"""The last step before a file: when rows landed, which came twice, and which are bad."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sample.spec import ACTIVITY_TABLES, SampleSpec
from sample.store.arrow import Column, Table, pa, times
from sample.store.files import TIME_SUFFIX, as_text
from sample.store.sink import SYNCED, Batch, Sink
from sample.world.arrays import DAY, Ints, Rng, stream, whole

SYNC_EVERY = 900
LATE_SHARE = 0.10
REPEAT_SHARE = 0.04
BAD_PER_ROW = 2e-4
IMPOSSIBLE = ("2025-02-30 10:15:00", "2025-13-01 09:00:00", "0000-00-00 00:00:00")
FAR_FUTURE = "2199-01-01 00:00:00"
RECORDS_OF_SALES = frozenset({"task", "event", "campaign_member", "engagement"})
BAD_KINDS = ("no_key", "bad_time", "far_future", "broken_line")


@dataclass(frozen=True)
class Dirt:
    """How many bad or repeated rows were planted in a table."""

    connector: str
    table: str
    kind: str
    rows: int


@dataclass(frozen=True)
class Draft:
    """A table on its way out.

    Attributes:
        columns: Cells by column name, landing time excluded.
        moment: When each row happened or was last changed; decides when it landed.
        key: Column whose absence makes a row bad.
        time: Column whose nonsense makes a row bad, if any.
    """

    columns: Mapping[str, Column]
    moment: Ints
    key: str = "id"
    time: str | None = None


@dataclass
class Outlet:
    """Takes the tables of one chunk and passes them to the sink."""

    spec: SampleSpec
    sink: Sink
    chunk: int
    planted: list[Dirt] = field(default_factory=list)

    def rng(self, topic: str) -> Rng:
        """Return a random stream for one topic of this chunk."""
        return stream(self.spec.seed, f"shape {topic}", self.chunk)

    def put(self, connector: str, table: str, draft: Draft) -> None:
        """Land a table: add landing times, repeats and bad rows."""
        rng = self.rng(f"{connector}.{table}")
        landed = self._landing(rng, draft.moment)
        unit = "s" if connector == "salesforce" else "ms"
        cells = {**draft.columns, SYNCED: times(landed, unit)}
        rows = pa.table(cells)
        again, landed_again = self._repeats(rng, landed)
        if len(again):
            copies = rows.take(pa.array(again))
            index = copies.column_names.index(SYNCED)
            copies = copies.set_column(index, SYNCED, times(landed_again, unit))
            rows_out = pa.concat_tables([rows, copies])
        else:
            rows_out = rows
        self._note(connector, table, "repeat", len(again))
        planted, broken = self._bad(rng, (connector, table), rows, draft)
        self.sink.add((connector, table), Batch(rows_out, planted, broken))

    def _landing(self, rng: Rng, moment: Ints) -> Ints:
        """Return when rows landed: within the quarter hour, or days late."""
        size, end = len(moment), self.spec.end_seconds
        prompt: Ints = (moment // SYNC_EVERY + 1) * SYNC_EVERY + rng.integers(30, 240, size)
        prompt = np.minimum(prompt, np.maximum(end - 1 - rng.integers(0, 120, size), moment))
        late = prompt + whole((1.0 + rng.exponential(3.0, size)) * DAY)
        is_late = (rng.random(size) < LATE_SHARE * self.spec.dirt) & (late < end)
        return np.minimum(np.where(is_late, late, prompt), end - 1)

    def _repeats(self, rng: Rng, landed: Ints) -> tuple[Ints, Ints]:
        """Choose rows that land twice, half of them at a later sync."""
        chosen = np.flatnonzero(rng.random(len(landed)) < REPEAT_SHARE * self.spec.dirt)
        later = landed[chosen] + rng.integers(1, 4, len(chosen)) * DAY
        moved = (rng.random(len(chosen)) < 0.5) & (later < self.spec.end_seconds)
        return chosen, np.where(moved, later, landed[chosen])

    def _bad(
        self, rng: Rng, name: tuple[str, str], rows: Table, draft: Draft
    ) -> tuple[Table, Table]:
        """Plant a handful of bad copies; good rows stay as they are."""
        csv = self.spec.fmt == "csv"
        counts = rng.poisson(rows.num_rows * BAD_PER_ROW * self.spec.dirt, len(BAD_KINDS))
        if self.chunk == 0 and self.spec.dirt > 0 and rows.num_rows > 100:
            counts += np.array([1, 1, rng.integers(0, 2), 1])
        if not draft.time:
            counts[1] = 0
        if not (draft.time and _records_events(name[1])):
            counts[2] = 0
        counts[3] *= csv
        source = rng.integers(0, max(rows.num_rows, 1), int(counts.sum()))
        if not rows.num_rows:
            return rows, rows
        parts = []
        used = 0
        for kind, count in zip(BAD_KINDS[:3], counts[:3].tolist(), strict=True):
            part = rows.take(pa.array(source[used : used + count], type=pa.int64()))
            parts.append(_spoil(name[0], part, kind, draft, csv=csv))
            used += count
            self._note(*name, kind, count)
        self._note(*name, BAD_KINDS[3], int(counts[3]))
        return pa.concat_tables(parts), rows.take(pa.array(source[used:], type=pa.int64()))

    def _note(self, connector: str, table: str, kind: str, rows: int) -> None:
        """Remember what was planted."""
        if rows:
            self.planted.append(Dirt(connector, table, kind, rows))


def _records_events(table: str) -> bool:
    """Tell whether rows of a table are things that happened, not records that change."""
    return (
        table.startswith("activity_")
        or table.endswith("_history")
        or (table in ACTIVITY_TABLES and table not in RECORDS_OF_SALES)
    )


def _spoil(connector: str, rows: Table, kind: str, draft: Draft, *, csv: bool) -> Table:
    """Make rows bad in one way; Parquet columns keep their types, so a bad time is no time."""
    result = rows
    name = draft.key if kind == "no_key" else draft.time
    if csv:
        synced = result.column(SYNCED)
        result = as_text(result, TIME_SUFFIX.get(connector, ""))
        result = result.set_column(result.column_names.index(SYNCED), SYNCED, synced)
    if name is None or not result.num_rows:
        return result
    column = result.column(name)
    values: list[str | None] = [None] * result.num_rows
    if csv and kind == "bad_time":
        values = [IMPOSSIBLE[i % len(IMPOSSIBLE)] for i in range(result.num_rows)]
    if kind == "far_future":
        values = [FAR_FUTURE] * result.num_rows
    cells = pa.array(values, type=pa.string()).cast(column.type)
    return result.set_column(result.column_names.index(name), name, cells)
