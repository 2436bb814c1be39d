"""Salesforce opportunities, their field history and contact roles."""

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.salesforce.shared import Ids, row_ids
from sample.shapes.typed import (
    official_names,
)
from sample.shapes.versions import with_earlier
from sample.store.arrow import dates, flags, integers, numbers, text, times, words
from sample.world.arrays import DAY, NEVER, Ints, happened
from sample.world.deals import STAGES, Deals
from sample.world.people import ORIGINS
from sample.world.staff import Staff

STAGE_WORDS = (*STAGES, "Closed Won", "Closed Lost")
WON, LOST = 4, 5
PROBABILITY = np.array([10.0, 25.0, 50.0, 80.0, 100.0, 0.0])
FORGOTTEN_HISTORY = 0.04
ROLES = ("意思決定者", "推薦者", "担当者", "情報収集")


def write_deals(desk: Desk, ids: Ids) -> None:
    """Write opportunity, opportunity_field_history and opportunity_contact_role."""
    _write_opportunities(desk, ids)
    _write_history(desk, ids)
    _write_roles(desk, ids)


def _stage(deals: Deals) -> Ints:
    """Return today's stage of each deal."""
    reached = (deals.entered < NEVER).sum(axis=1) - 1
    closed = happened(deals.closed)
    return np.where(closed, np.where(deals.won, WON, LOST), np.maximum(reached, 0))


def _write_opportunities(desk: Desk, ids: Ids) -> None:
    """Write deals, some with the version they were born with."""
    deals, rng = desk.world.deals, desk.rng("opportunities")
    last = np.where(deals.entered < NEVER, deals.entered, 0).max(axis=1, initial=0)
    last = np.maximum(np.where(happened(deals.closed), deals.closed, last), deals.opened)
    stage = _stage(deals)
    row, is_early = with_earlier(rng, deals.opened, last, desk.end)
    at = np.where(is_early, deals.opened[row], last[row])
    code = np.where(is_early, 0, stage[row])
    due = np.where(is_early, deals.opened[row] + 80 * DAY, deals.due[row])
    names = official_names(desk.world.firms)
    origin = desk.world.people.origin[np.maximum(deals.opener[row], 0)]
    kinds, firm = ["新規導入", "再提案"], deals.company[row]
    columns = {
        "id": words(ids.deal, row),
        "account_id": ids.accounts(deals.company[row], row >= 0),
        "name": text([
            f"{names[c] or '個人'} {kinds[again]}"
            for c, again in zip(firm.tolist(), deals.follows_up[row].tolist(), strict=True)
        ]),
        "owner_id": ids.users(_owner(desk.frame.staff, deals)[row]),
        "stage_name": words(STAGE_WORDS, code),
        "probability": numbers(PROBABILITY[code]),
        "amount": integers(deals.amount[row], ~is_early | (row % 3 > 0)),
        "type": words(["New Business"], np.zeros(len(row), dtype=np.int64)),
        "lead_source": words(ORIGINS, np.where(deals.opener[row] >= 0, origin, -1)),
        "is_closed": flags(code >= WON),
        "is_won": flags(code == WON),
        "close_date": dates(due),
        "is_deleted": flags(np.zeros(len(row), dtype=np.bool_)),
        "created_date": times(deals.opened[row]),
        "last_modified_date": times(at),
        "system_modstamp": times(at),
    }  # fmt: skip
    desk.put(("salesforce", "opportunity"), columns, at, time="created_date")


def _owner(staff: Staff, deals: Deals) -> Ints:
    """Return the owner of each deal."""
    return np.clip(deals.owner, 0, staff.sellers - 1)


def _write_history(desk: Desk, ids: Ids) -> None:
    """Write the field history of stages and amounts; a little of it was never tracked."""
    deals, rng = desk.world.deals, desk.rng("deal history")
    closed = np.flatnonzero(happened(deals.closed))
    closed = closed[rng.random(len(closed)) > FORGOTTEN_HISTORY]
    deal, at, old, new = (
        [np.arange(len(deals))],
        [deals.opened],
        [np.full(len(deals), -1)],
        [np.full(len(deals), -1)],
    )
    for stage in (1, 2, 3):
        moved = np.flatnonzero(deals.entered[:, stage] < NEVER)
        deal.append(moved)
        at.append(deals.entered[moved, stage])
        old.append(np.full(len(moved), stage - 1))
        new.append(np.full(len(moved), stage))
    reached = (deals.entered[closed] < NEVER).sum(axis=1) - 1
    deal.append(closed)
    at.append(deals.closed[closed])
    old.append(reached)
    new.append(np.where(deals.won[closed], WON, LOST))
    field = np.r_[np.zeros(len(deals)), np.ones(sum(len(x) for x in deal[1:]))].astype(np.int64)
    rows, moments = np.concatenate(deal), np.concatenate(at)
    columns = {
        "id": text(row_ids(desk, "opportunity_field_history", len(rows))),
        "opportunity_id": words(ids.deal, rows),
        "field": words(["created", "StageName"], field),
        "old_value": words(STAGE_WORDS, np.concatenate(old)),
        "new_value": words(STAGE_WORDS, np.concatenate(new)),
        "created_by_id": ids.users(_owner(desk.frame.staff, deals)[rows]),
        "created_date": times(moments),
        "is_deleted": flags(np.zeros(len(rows), dtype=np.bool_)),
    }
    name = ("salesforce", "opportunity_field_history")
    desk.put(name, columns, moments, time="created_date")


def _write_roles(desk: Desk, ids: Ids) -> None:
    """Write who takes part in a deal."""
    deals, people = desk.world.deals, desk.world.people
    contact = desk.world.records.contact[deals.member_person]
    rows = np.flatnonzero(happened(contact))
    person, deal = deals.member_person[rows], deals.member_deal[rows]
    at = np.maximum(deals.member_at[rows], contact[rows]) + 5
    columns = {
        "id": text(row_ids(desk, "opportunity_contact_role", len(rows))),
        "opportunity_id": words(ids.deal, deal),
        "contact_id": ids.contacts(person, person >= 0),
        "role": words(ROLES, people.role[person]),
        "is_primary": flags(deals.opener[deal] == person),
        "is_deleted": flags(np.zeros(len(rows), dtype=np.bool_)),
        "created_date": times(at),
        "system_modstamp": times(at),
    }
    name = ("salesforce", "opportunity_contact_role")
    desk.put(name, columns, at, time="created_date")
