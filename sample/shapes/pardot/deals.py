"""Pardot opportunities, which a CRM keeps in step, and the prospects in them."""

import numpy as np

from sample.shapes.marketing import Crm
from sample.shapes.pardot.shared import Org, mail_campaign
from sample.shapes.typed import official_names
from sample.shapes.versions import with_earlier
from sample.store.arrow import flags, integers, numbers, same, text, times, words
from sample.world.arrays import NEVER, Ints, happened
from sample.world.deals import STAGES

FIRST_DEAL = 3_800_001
DEAL_ROOM = 40_000
STAGE_WORDS = (*STAGES, "Closed Won", "Closed Lost")
STATUSES = ("Open", "Won", "Lost")
PROBABILITY = np.array([10, 25, 50, 80, 100, 0])


def deal_ids(chunk: int, deals: int) -> Ints:
    """Return the id of each opportunity of a chunk."""
    return FIRST_DEAL + chunk * DEAL_ROOM + np.arange(deals)


def write_deals(org: Org, crm: Crm) -> None:
    """Write opportunity and opportunity_prospect."""
    _write_opportunities(org, crm)
    _write_members(org)


def _write_opportunities(org: Org, crm: Crm) -> None:
    """Write deals, some with the version they were born with; they name their CRM opportunity."""
    desk, deals, rng = org.desk, org.desk.world.deals, org.desk.rng("pardot deals")
    last = np.where(deals.entered < NEVER, deals.entered, 0).max(axis=1, initial=0)
    last = np.maximum(np.where(happened(deals.closed), deals.closed, last), deals.opened)
    row, is_early = with_earlier(rng, deals.opened, last, desk.end)
    at = np.where(is_early, deals.opened[row], last[row])
    reached = np.maximum((deals.entered < NEVER).sum(axis=1) - 1, 0)
    ended = np.where(happened(deals.closed), np.where(deals.won, 1, 2), 0)
    status = np.where(is_early, 0, ended[row])
    stage = np.where(is_early, 0, np.where(ended[row] > 0, 3 + ended[row], reached[row]))
    names, size = official_names(desk.world.firms), len(row)
    columns = {
        "id": integers(deal_ids(desk.world.chunk, len(deals))[row]),
        "crm_opportunity_fid": text([crm.deal[r] or None for r in row.tolist()]),
        "name": text([f"{names[c] or '個人'} 商談" for c in deals.company[row].tolist()]),
        "value": numbers(deals.amount[row].astype(np.float64)),
        "probability": integers(PROBABILITY[stage]),
        "stage": words(STAGE_WORDS, stage),
        "status": words(STATUSES, status),
        "type": same("New Business", size),
        "campaign_id": integers(np.full(size, mail_campaign(len(desk.frame.programmes)))),
        "closed_at": times(deals.due[row]),
        "created_at": times(deals.opened[row]),
        "updated_at": times(at),
        "_fivetran_deleted": flags(np.zeros(size, dtype=np.bool_)),
    }
    desk.put(("pardot", "opportunity"), columns, at, time="created_at")


def _write_members(org: Org) -> None:
    """Write which prospects take part in a deal."""
    desk, deals, track = org.desk, org.desk.world.deals, org.tracking
    rows = np.flatnonzero(happened(track.made[deals.member_person]))
    at = np.maximum(deals.member_at[rows], track.made[deals.member_person[rows]]) + 5
    columns = {
        "opportunity_id": integers(deal_ids(desk.world.chunk, len(deals))[deals.member_deal[rows]]),
        "prospect_id": integers(track.book.first[deals.member_person[rows]]),
        "updated_at": times(at),
    }
    name = ("pardot", "opportunity_prospect")
    desk.put(name, columns, at, key="opportunity_id", time="updated_at")
