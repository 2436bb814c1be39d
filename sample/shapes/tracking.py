"""Which marketing tool follows whom: one for good, or an old one and after a move a new one."""

from dataclasses import dataclass, replace

import numpy as np

from sample.shapes.record_ids import RecordBook, number_records
from sample.world.arrays import DAY, NEVER, Bools, Ints, Rng, happened, never
from sample.world.records import Extra, Records

MOVED_SHARE = 0.15
MOVE_AFTER = 0.55  # of the history
TOLD_TWICE = 60 * DAY  # events this near the move are told by both tools


@dataclass(frozen=True)
class Tracking:
    """What one marketing tool knows of a chunk's people.

    Attributes:
        made: When the tool's record of a person was made, NEVER without one.
        since, until: Span in which the tool saw what the person did.
        told_since, told_until: Span of the events it tells of; wider around a move.
        deleted: When the record was deleted for good.
        extra: Duplicates.
        book: Numbers of the records.
    """

    made: Ints
    since: Ints
    until: Ints
    told_since: Ints
    told_until: Ints
    deleted: Ints
    extra: Extra
    book: RecordBook

    def saw(self, person: Ints, at: Ints) -> Bools:
        """Tell what the tool recorded of what people did."""
        until = np.minimum(self.until[person], self.deleted[person])
        return (self.since[person] <= at) & (at < until)

    def tells(self, person: Ints, at: Ints) -> Bools:
        """Tell which moments around an event the tool holds."""
        until = np.minimum(self.told_until[person], self.deleted[person])
        return (self.told_since[person] <= at) & (at < until)


def share_out(
    rng: Rng, tools: tuple[str, ...], bases: dict[str, int], records: Records, span: tuple[int, int]
) -> dict[str, Tracking]:
    """Share the people out over the marketing tools.

    Args:
        rng: Random stream.
        tools: Tools that are written; one of them follows everybody.
        bases: First record number of each tool in this chunk.
        records: Which people a marketing tool knows, and since when.
        span: Begin and end of the history in seconds.
    """
    size = len(records.ma)
    home = rng.integers(0, max(len(tools), 1), size)
    moved_at = int(span[0] + MOVE_AFTER * (span[1] - span[0]))
    moves = (rng.random(size) < MOVED_SHARE) & (len(tools) > 1)
    moves &= (records.ma < moved_at - DAY) & (records.ma_deleted > moved_at + 4 * DAY)
    arrival = moved_at + rng.integers(0, 3 * DAY, size)
    result = {}
    for index, tool in enumerate(tools):
        own, comes = home == index, moves & ((home + 1) % len(tools) == index)
        made = np.where(own, records.ma, np.where(comes, arrival, NEVER))
        until = np.where(own & moves, arrival, never(size))
        extra = _where(records.ma_extra, (own & ~moves)[records.ma_extra.person])
        result[tool] = Tracking(
            made=made,
            since=made,
            until=until,
            told_since=np.where(comes, np.maximum(records.ma, moved_at - TOLD_TWICE), made),
            told_until=np.where(happened(until), until + TOLD_TWICE, until),
            deleted=np.where(happened(made), records.ma_deleted, NEVER),
            extra=extra,
            book=number_records(bases[tool], size, extra),
        )
    return result


def with_customers(tracking: Tracking, records: Records, base: int) -> Tracking:
    """Add the people a CRM knows to the records of a tool that is the CRM as well."""
    known = np.minimum(records.lead, records.contact)
    only = happened(known) & ~happened(records.ma)
    twins = _join(tracking.extra, _where(records.crm_extra, only[records.crm_extra.person]))
    return replace(
        tracking,
        made=np.minimum(tracking.made, known),
        deleted=np.where(only, records.lead_deleted, tracking.deleted),
        extra=twins,
        book=number_records(base, len(known), twins),
    )


def _where(extra: Extra, keep: Bools) -> Extra:
    """Return the duplicates marked to be kept."""
    return Extra(**{name: values[keep] for name, values in vars(extra).items()})


def _join(first: Extra, second: Extra) -> Extra:
    """Return the duplicates of two lists that have no person in common."""
    return Extra(
        **{name: np.concatenate([values, getattr(second, name)])
           for name, values in vars(first).items()}
    )  # fmt: skip
