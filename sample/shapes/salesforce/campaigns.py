"""Salesforce campaigns and their members; events also run in the marketing tool."""

from dataclasses import dataclass

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.salesforce.shared import Ids, row_ids
from sample.shapes.versions import with_earlier
from sample.store.arrow import dates, flags, text, times, words
from sample.world.arrays import DAY, NEVER, Ints, happened
from sample.world.events import CHANNELS
from sample.world.people import ORIGINS

MEMBER_STATUSES = ("Sent", "Registered", "Attended", "Attended On-demand", "No Show", "Responded")
WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
SENT_EVERY = 5
ATTENDED, CARD = 2, 5
CARD_CAMPAIGN = "展示会名刺"


@dataclass(frozen=True)
class _Members:
    """Members: who, of what, with which status, since when, and when they came (0 if not)."""

    person: Ints
    programme: Ints
    status: Ints
    begun: Ints
    came: Ints


def write_campaigns(desk: Desk, ids: Ids) -> None:
    """Write campaign_member of a chunk, and the campaigns once."""
    if desk.world.chunk == 0:
        _write_campaign(desk, ids)
    _write_members(desk, ids)


def _write_campaign(desk: Desk, ids: Ids) -> None:
    """Write campaigns; every other name has full-width digits."""
    plan, start = desk.frame.programmes, desk.frame.spec.start_seconds
    there = np.flatnonzero(plan.mirrored)
    names = [plan.name[i].translate(WIDE_DIGITS) if i % 2 else plan.name[i] for i in there.tolist()]
    rows = np.r_[there, len(plan)]
    at = np.minimum(np.r_[plan.start[there] - 40 * DAY, start], desk.end - 3600)
    columns = {
        "id": words(ids.campaign, rows),
        "name": text([*names, CARD_CAMPAIGN]),
        "type": words([*CHANNELS, "Trade Show"], np.r_[plan.channel[there], 3]),
        "status": words(["Completed"], np.zeros(len(rows), dtype=np.int64)),
        "is_active": flags(np.ones(len(rows), dtype=np.bool_)),
        "start_date": dates(np.r_[plan.start[there], start]),
        "end_date": dates(np.r_[plan.finish[there], NEVER]),
        "parent_id": words([""], np.full(len(rows), -1)),
        "is_deleted": flags(np.zeros(len(rows), dtype=np.bool_)),
        "created_date": times(at),
        "system_modstamp": times(at),
    }
    desk.put(("salesforce", "campaign"), columns, at, time="created_date")


def _write_members(desk: Desk, ids: Ids) -> None:
    """Write members: who registered for a mirrored event, and whose card was collected."""
    records, rng = desk.world.records, desk.rng("members")
    found = _members(desk, len(ids.campaign) - 1)
    born = np.minimum(np.maximum(found.begun, _known_from(desk)[found.person]), desk.end - 1)
    changed = np.minimum(np.maximum(born, found.came), desk.end - 1)
    row, is_first = with_earlier(rng, born, changed, desk.end)
    person, created = found.person[row], born[row]
    at = np.where(is_first, created, changed[row])
    status = np.where(is_first & (found.status[row] > 1), 1, found.status[row])
    responded = np.where(status == ATTENDED, found.came[row], found.begun[row])
    is_contact = records.contact[person] <= at
    columns = {
        "id": words(row_ids(desk, "campaign_member", len(born)), row),
        "campaign_id": words(ids.campaign, found.programme[row]),
        "lead_id": words(ids.lead, np.where(happened(records.lead[person]), person, -1)),
        "contact_id": ids.contacts(person, is_contact),
        "status": words(MEMBER_STATUSES, status),
        "has_responded": flags(status != 0),
        "first_responded_date": dates(np.where(status > 0, responded, NEVER)),
        "is_deleted": flags(np.zeros(len(row), dtype=np.bool_)),
        "created_date": times(created),
        "last_modified_date": times(at),
        "system_modstamp": times(at),
    }
    desk.put(("salesforce", "campaign_member"), columns, at, time="created_date")


def _known_from(desk: Desk) -> Ints:
    """Return since when the CRM knows each person."""
    return np.minimum(desk.world.records.lead, desk.world.records.contact)


def _members(desk: Desk, card_campaign: int) -> _Members:
    """List members: of mirrored events, some only invited, and of the card campaign."""
    world, events = desk.world, desk.world.events
    known = happened(_known_from(desk))
    signed = happened(events.registered)
    sent = happened(events.invited) & (events.person % SENT_EVERY == 0)
    mirrored = desk.frame.programmes.mirrored[events.programme]
    joined = np.flatnonzero(mirrored & (signed | sent) & known[events.person])
    cards = np.flatnonzero((world.people.origin == ORIGINS.index("card")) & known)
    later = np.stack([events.attended, events.on_demand, events.no_show], axis=1)[joined]
    came = later.min(axis=1, initial=NEVER)
    status = np.where(happened(came), later.argmin(axis=1) + ATTENDED, signed[joined])
    begun = np.where(signed[joined], events.registered[joined], events.invited[joined])
    none = np.zeros(len(cards), dtype=np.int64)
    return _Members(
        person=np.concatenate([events.person[joined], cards]),
        programme=np.concatenate([events.programme[joined], none + card_campaign]),
        status=np.concatenate([status, none + CARD]),
        begun=np.concatenate([begun + 1800, world.people.created[cards] + 60]),
        came=np.concatenate([np.where(happened(came), came, 0), none]),
    )
