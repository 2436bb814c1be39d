"""Pardot campaigns and lists, and who is on which list."""

import numpy as np

from sample.shapes.pardot.shared import FIRST_CAMPAIGN, Org
from sample.store.arrow import flags, integers, numbers, same, text, times
from sample.world.arrays import DAY, Ints, first_per, happened

FIRST_LIST = 107_001
FIRST_MEMBERSHIP = 800_000_001
NEWSLETTER = "メルマガ購読者"
TEST_LIST = "テスト用"


def write_campaigns(org: Org) -> None:
    """Write campaigns: one per event, one of all mails, and one that was thrown away."""
    desk, plan = org.desk, org.desk.frame.programmes
    names = [*plan.name, "メール配信", "テスト用キャンペーン"]
    size = len(names)
    start = desk.frame.spec.start_seconds
    at = np.r_[np.minimum(plan.start - 40 * DAY, desk.end - 3_600), start, start + DAY]
    columns = {
        "id": integers(FIRST_CAMPAIGN + np.arange(size)),
        "name": text(names),
        "cost": numbers(np.where(np.arange(size) % 3 == 0, 100_000.0, 0.0)),
        "_fivetran_deleted": flags(np.arange(size) == size - 1),
    }
    desk.put(("pardot", "campaign"), columns, at)


def write_lists(org: Org) -> None:
    """Write lists: one per event for those who registered, the newsletter's, and one for tests."""
    desk, plan = org.desk, org.desk.frame.programmes
    names = [*(f"{name} 申込者" for name in plan.name), NEWSLETTER, TEST_LIST]
    size, start = len(names), desk.frame.spec.start_seconds
    at = np.r_[np.minimum(plan.start - 40 * DAY, desk.end - 3_600), start, start + DAY]
    columns = {
        "id": integers(FIRST_LIST + np.arange(size)),
        "name": text(names),
        "title": same("", size),
        "description": same(None, size),
        "is_public": flags(np.zeros(size, dtype=np.bool_)),
        "is_dynamic": flags(np.arange(size) == size - 2),
        "is_crm_visible": flags(np.arange(size) < size - 1),
        "created_at": times(at),
        "updated_at": times(at),
    }
    desk.put(("pardot", "list"), columns, at, time="created_at")


def write_memberships(org: Org) -> None:
    """Write who registered for which event, and who gets the newsletter."""
    desk, events, mails = org.desk, org.desk.world.events, org.desk.world.mails
    told = org.tracking.tells(events.person, events.registered) & (events.registered < desk.end)
    signed = np.flatnonzero(told)
    size = len(desk.world.people)
    mailed = first_per(mails.person, mails.at - 60, size)
    readers = np.flatnonzero(happened(mailed) & org.saw(np.arange(size), mailed))
    person = np.concatenate([events.person[signed], readers])
    begun = np.concatenate([events.registered[signed] + 120, mailed[readers]])
    newsletter = len(desk.frame.programmes)
    number: Ints = np.r_[events.programme[signed], np.full(len(readers), newsletter)]
    left = mails.opted_out[person]
    is_out = (number == newsletter) & (left < desk.end)
    at = np.minimum(np.where(is_out, np.maximum(left, begun), begun), desk.end - 1)
    columns = {
        "id": integers(org.numbers(FIRST_MEMBERSHIP, len(person))),
        "list_id": integers(FIRST_LIST + number),
        "prospect_id": integers(org.tracking.book.first[person]),
        "opted_out": flags(is_out),
        "created_at": times(begun),
        "updated_at": times(at),
    }
    desk.put(("pardot", "list_membership"), columns, at, time="created_at")
