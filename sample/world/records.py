"""Which records a person leaves in a CRM and in a marketing tool, duplicates included."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import (
    DAY,
    HOUR,
    NEVER,
    Bools,
    Ints,
    Rng,
    first_per,
    happened,
    pick,
    whole,
)  # fmt: skip
from sample.world.deals import Deals
from sample.world.journey import Handoffs
from sample.world.kinds import PersonKind
from sample.world.meetings import Meetings
from sample.world.people import ORIGINS, People
from sample.world.touches import Touches

MERGED_TOGETHER = 0.3
FIRST = -1
SAME, CASE, WIDTH, OTHER, TYPO, WORK = range(6)  # how an address differs from the first record's


@dataclass(frozen=True)
class Extra:
    """A second or third record of a person in one tool.

    ``parent`` is the record it is merged into (0 the first, 1 the second); ``merged`` is NEVER for
    one that stays.
    """

    person: Ints
    rank: Ints
    created: Ints
    merged: Ints
    parent: Ints
    address: Ints


@dataclass(frozen=True)
class Records:
    """Records of a chunk's people; NEVER where a person has none.

    Attributes:
        ma: When the marketing record was made.
        lead: When the CRM lead was made.
        contact: When the CRM contact was made, by conversion or by hand.
        converted: When the lead was converted.
        linked: The marketing record knows its CRM record.
        ma_deleted, lead_deleted: When a record was deleted for good.
        ma_extra, crm_extra: Duplicates.
    """

    ma: Ints
    lead: Ints
    contact: Ints
    converted: Ints
    linked: Bools
    ma_deleted: Ints
    lead_deleted: Ints
    ma_extra: Extra
    crm_extra: Extra


def keep_records(
    rng: Rng, people: People, handoffs: Handoffs, deals: Deals, touches: Touches,
    meetings: Meetings, end: int,
) -> Records:  # fmt: skip
    """Draw which records exist, so that everything logged has a record to hang on."""
    size = len(people)
    card = people.origin == ORIGINS.index("card")
    insider = np.isin(people.kind, (PersonKind.CUSTOMER, PersonKind.PARTNER))
    ma = np.where(card, NEVER, people.created)
    synced = people.created + rng.integers(120, 900, size)
    in_crm = (rng.random(size) < 0.75) | card
    needed = first_per(handoffs.person, handoffs.at - 1800, size)
    for person, at in ((touches.person, touches.created), (meetings.person, meetings.booked)):
        np.minimum.at(needed, person, at - 600)
    first = np.where(in_crm, np.minimum(synced, needed), needed)
    first = np.where(card, people.created, np.maximum(first, people.created + 60))
    first = np.where(first < end, first, NEVER)
    converted = first_per(deals.member_person, deals.member_at, size)
    converted = np.where(insider, NEVER, converted)
    contact = np.where(insider, first, converted)
    lead = np.where(insider, NEVER, first)
    gone = rng.random(size) < 0.006
    deleted = people.created + whole(rng.random(size) * (end - people.created))
    ma_deleted = np.where(gone & ~card & ~happened(converted), deleted, NEVER)
    trash = happened(lead) & ~happened(needed) & (rng.random(size) < 0.01)
    return Records(
        ma=ma,
        lead=lead,
        contact=contact,
        converted=converted,
        linked=rng.random(size) < 0.9,
        ma_deleted=ma_deleted,
        lead_deleted=np.where(trash, np.maximum(deleted, lead + HOUR), NEVER),
        ma_extra=_extras(rng, ma, ma_deleted, 0.035, (0.35, 0.1, 0.05, 0.5), end),
        crm_extra=_extras(rng, lead, converted, 0.06, (0.35, 0.3, 0.2, 0.15), end),
    )


def _extras(
    rng: Rng, made: Ints, closed: Ints, share: float, address: tuple[float, ...], end: int
) -> Extra:
    """Draw second records, and third ones that make chains of merges."""
    there = np.flatnonzero(happened(made) & (rng.random(len(made)) < share))
    until = np.minimum(closed[there], end - DAY)
    span = np.maximum(until - made[there], 4 * HOUR)
    created = made[there] + HOUR + whole(rng.random(len(there)) * 0.7 * (span - HOUR))
    merge_at = created + HOUR + whole(rng.random(len(there)) * 60 * DAY)
    merges = (rng.random(len(there)) < 0.55) & (merge_at < until)
    merged = np.where(merges, merge_at, NEVER)
    chained = merges & (rng.random(len(there)) < 0.2) & (merge_at - created > 4 * HOUR)
    third = np.flatnonzero(chained)
    room = merge_at[third] - created[third]
    third_made = created[third] + whole(room * rng.uniform(0.1, 0.4, len(third)))
    early = third_made + whole((merge_at[third] - third_made) * rng.uniform(0.2, 0.8, len(third)))
    together = rng.random(len(third)) < MERGED_TOGETHER
    third_merged = np.where(together, merge_at[third], early)
    ok = created < end
    rows = np.concatenate([there[ok], there[third]])
    return Extra(
        person=rows,
        rank=np.concatenate([np.ones(int(ok.sum()), dtype=np.int64), np.full(len(third), 2)]),
        created=np.concatenate([created[ok], third_made]),
        merged=np.concatenate([merged[ok], third_merged]),
        parent=np.concatenate(
            [np.zeros(int(ok.sum()), dtype=np.int64), (~together).astype(np.int64)]
        ),
        address=pick(rng, address, len(rows)),
    )
