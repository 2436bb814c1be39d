"""HubSpot deals, the stages they went through, and whom they are with."""

import numpy as np

from sample.shapes.hubspot.shared import (
    DEAL_ROOM,
    FIRST_COMPANY,
    FIRST_DEAL,
    Portal,
    in_portal,
    owner_ids,
)  # fmt: skip
from sample.shapes.typed import official_names
from sample.shapes.versions import with_earlier
from sample.store.arrow import flags, integers, numbers, same, text, times, words
from sample.world.arrays import DAY, NEVER, Ints, happened
from sample.world.deals import Deals

PIPELINE = "default"
STAGES = ("appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "contractsent",
          "closedwon", "closedlost")  # fmt: skip
LABELS = ("初回商談", "要件確認", "提案・見積", "契約手続き", "受注", "失注")
PROBABILITY = np.array([0.2, 0.4, 0.6, 0.9, 1.0, 0.0])
WON, LOST = 4, 5
DEAL_TO_CONTACT, DEAL_TO_COMPANY = 3, 5
FOREVER = int(np.datetime64("2050-01-01T00:00:00", "s").astype(np.int64))


def deal_ids(chunk: int, deals: int) -> Ints:
    """Return the id of each deal of a chunk."""
    return FIRST_DEAL + chunk * DEAL_ROOM + np.arange(deals)


def write_deals(portal: Portal) -> None:
    """Write deal, deal_stage, deal_contact and deal_company."""
    _write_deal(portal)
    _write_stages(portal)
    _write_links(portal)


def _stage(deals: Deals) -> Ints:
    """Return today's stage of each deal."""
    reached = (deals.entered < NEVER).sum(axis=1) - 1
    return np.where(happened(deals.closed), np.where(deals.won, WON, LOST), np.maximum(reached, 0))


def _write_deal(portal: Portal) -> None:
    """Write deals, some with the version they were born with."""
    desk, deals, rng = portal.desk, portal.desk.world.deals, portal.desk.rng("hubspot deals")
    last = np.where(deals.entered < NEVER, deals.entered, 0).max(axis=1, initial=0)
    last = np.maximum(np.where(happened(deals.closed), deals.closed, last), deals.opened)
    row, is_early = with_earlier(rng, deals.opened, last, desk.end)
    at = np.where(is_early, deals.opened[row], last[row])
    code = np.where(is_early, 0, _stage(deals)[row])
    due = np.where(is_early, deals.opened[row] + 80 * DAY, deals.due[row])
    names, kinds = official_names(desk.world.firms), ["新規導入", "再提案"]
    owner = owner_ids(np.clip(deals.owner, 0, desk.frame.staff.sellers - 1))
    size = len(row)
    columns = {
        "deal_id": integers(deal_ids(desk.world.chunk, len(deals))[row]),
        "portal_id": in_portal(size),
        "is_deleted": flags(np.zeros(size, dtype=np.bool_)),
        "deal_pipeline_id": same(PIPELINE, size),
        "deal_pipeline_stage_id": words(STAGES, code),
        "owner_id": integers(owner[row]),
        "property_dealname": text([
            f"{names[c] or '個人'} {kinds[again]}"
            for c, again in zip(
                deals.company[row].tolist(), deals.follows_up[row].tolist(), strict=True
            )
        ]),
        "property_amount": integers(deals.amount[row], ~is_early | (row % 3 > 0)),
        "property_dealtype": words(["newbusiness", "existingbusiness"],
                                   deals.follows_up[row].astype(np.int64)),
        "property_hs_is_closed": flags(code >= WON),
        "property_hs_is_closed_won": flags(code == WON),
        "property_closedate": times(due, "ms"),
        "property_createdate": times(deals.opened[row], "ms"),
        "property_hs_lastmodifieddate": times(at, "ms"),
        "_fivetran_deleted": flags(np.zeros(size, dtype=np.bool_)),
    }  # fmt: skip
    name = ("hubspot", "deal")
    desk.put(name, columns, at, key="deal_id", time="property_createdate")


def _write_stages(portal: Portal) -> None:
    """Write the stay of each deal in each stage; the last one has no end yet."""
    desk, deals = portal.desk, portal.desk.world.deals
    closed = np.flatnonzero(happened(deals.closed))
    deal, at, stage = [closed], [deals.closed[closed]], [_stage(deals)[closed]]
    for code in range(4):
        entered = np.flatnonzero(happened(deals.entered[:, code]))
        deal.append(entered)
        at.append(deals.entered[entered, code])
        stage.append(np.full(len(entered), code))
    row, moment, code_of = np.concatenate(deal), np.concatenate(at), np.concatenate(stage)
    order = np.lexsort((code_of, moment, row))
    row, moment, code_of = row[order], moment[order], code_of[order]
    is_last = np.r_[row[1:] != row[:-1], True] if len(row) else np.zeros(0, dtype=np.bool_)
    until = np.where(is_last, FOREVER, np.r_[moment[1:], FOREVER] if len(row) else moment)
    columns = {
        "deal_id": integers(deal_ids(desk.world.chunk, len(deals))[row]),
        "value": words(STAGES, code_of),
        "date_entered": times(moment, "ms"),
        "source": same("CRM_UI", len(row)),
        "source_id": same(None, len(row)),
        "_fivetran_start": times(moment, "ms"),
        "_fivetran_end": times(until, "ms"),
        "_fivetran_active": flags(is_last),
    }
    desk.put(("hubspot", "deal_stage"), columns, moment, key="deal_id", time="date_entered")


def _write_links(portal: Portal) -> None:
    """Write which contacts and which company a deal is with."""
    desk, deals, track = portal.desk, portal.desk.world.deals, portal.tracking
    ids = deal_ids(desk.world.chunk, len(deals))
    rows = np.flatnonzero(happened(track.made[deals.member_person]))
    size, at = len(rows), deals.member_at[rows] + 5
    columns = {
        "deal_id": integers(ids[deals.member_deal[rows]]),
        "contact_id": integers(track.book.first[deals.member_person[rows]]),
        "type_id": integers(np.full(size, DEAL_TO_CONTACT)),
        "category": same("HUBSPOT_DEFINED", size),
    }
    desk.put(("hubspot", "deal_contact"), columns, at, key="deal_id")
    rows = np.flatnonzero(portal.companies()[deals.company])
    size = len(rows)
    columns = {
        "deal_id": integers(ids[rows]),
        "company_id": integers(FIRST_COMPANY + desk.world.firms.number[deals.company[rows]]),
        "type_id": integers(np.full(size, DEAL_TO_COMPANY)),
        "category": same("HUBSPOT_DEFINED", size),
    }
    desk.put(("hubspot", "deal_company"), columns, deals.opened[rows] + 5, key="deal_id")


def write_pipeline(portal: Portal) -> None:
    """Write deal_pipeline and deal_pipeline_stage."""
    desk, size = portal.desk, len(STAGES)
    at = np.full(size, desk.frame.spec.start_seconds - 90 * DAY)
    yes = np.ones(size, dtype=np.bool_)
    order = np.arange(size)
    columns = {
        "stage_id": text(STAGES),
        "pipeline_id": same(PIPELINE, size),
        "label": text(LABELS),
        "display_order": integers(order),
        "probability": numbers(PROBABILITY),
        "is_closed": flags(order >= WON),
        "closed_won": flags(order == WON),
        "active": flags(yes),
        "created_at": times(at, "ms"),
        "updated_at": times(at, "ms"),
        "_fivetran_deleted": flags(~yes),
    }
    desk.put(("hubspot", "deal_pipeline_stage"), columns, at, key="stage_id", time="created_at")
    columns = {
        "pipeline_id": text([PIPELINE]),
        "label": text(["営業パイプライン"]),
        "display_order": integers(order[:1]),
        "active": flags(yes[:1]),
        "created_at": times(at[:1], "ms"),
        "updated_at": times(at[:1], "ms"),
        "_fivetran_deleted": flags(~yes[:1]),
    }
    desk.put(("hubspot", "deal_pipeline"), columns, at[:1], key="pipeline_id", time="created_at")
