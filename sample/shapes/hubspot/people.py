"""HubSpot contacts, their versions, merges and deletions."""

import numpy as np

from sample.shapes.hubspot.progress import STAGES, STATUSES, Progress
from sample.shapes.hubspot.shared import FIRST_COMPANY, Portal
from sample.shapes.marketing import (
    CONSENTS,
    Crm,
    Rows,
    crm_ids,
    person_cells,
    record_rows,
    stated_cells,
)
from sample.shapes.statuses import REASONS, Steps
from sample.shapes.typed import TITLE_WORDS
from sample.store.arrow import Column, flags, integers, same, text, times, words
from sample.world.arrays import Ints, happened
from sample.world.words import INDUSTRIES

SOURCES = ("ORGANIC_SEARCH", "OFFLINE", "OFFLINE", "OFFLINE")


def write_contacts(portal: Portal, progress: Progress, crm: Crm) -> None:
    """Write contact and contact_merge_audit."""
    desk = portal.desk
    rows = record_rows(desk, "hubspot", progress.changed)
    cells = person_cells(desk, "hubspot", rows)
    company = desk.world.people.company[rows.person]
    known = portal.companies()[company] & (rows.person % 8 > 0)
    stated = stated_cells(desk, "hubspot", rows)
    columns = {
        "id": integers(rows.number),
        "is_deleted": flags(rows.gone),
        "property_email": text(cells.email),
        "property_firstname": cells.first_name,
        "property_lastname": cells.last_name,
        "property_first_name_kana": cells.first_kana,
        "property_last_name_kana": cells.last_kana,
        "property_company": text(cells.company),
        "property_department": cells.department,
        "property_jobtitle": words(TITLE_WORDS, cells.title),
        "property_phone": cells.phone,
        "property_industry": words([entry[0] for entry in INDUSTRIES], cells.industry),
        "property_numberofemployees": integers(cells.employees, cells.employees >= 0),
        "property_associatedcompanyid": integers(
            FIRST_COMPANY + desk.world.firms.number[company], known
        ),
        **_state_cells(portal, progress, rows),
        "property_hs_analytics_source": words(SOURCES, cells.origin),
        "property_hs_email_optout": flags(cells.opted_out),
        **{f"property_{name}": column for name, column in stated.items()},
        "property_marketing_consent": words(CONSENTS, cells.consent),
        **_link_cells(portal, rows, crm),
        **_merge_cells(portal, rows),
        "property_createdate": times(rows.created, "ms"),
        "property_lastmodifieddate": times(rows.at, "ms"),
        "_fivetran_deleted": flags(rows.gone),
    }
    desk.put(("hubspot", "contact"), columns, rows.at, time="property_createdate")
    _write_merges(portal)


def _value(portal: Portal, rows: Rows, steps: Steps, start: Ints) -> Ints:
    """Return the newest value of a property for each row, its first one in first versions."""
    last = steps.last(len(portal.desk.world.people), -1)[rows.person]
    own = ~rows.early & (rows.number == portal.tracking.book.first[rows.person])
    return np.where(own & (last >= 0), last, start[rows.person])


def _state_cells(portal: Portal, progress: Progress, rows: Rows) -> dict[str, Column]:
    """Return lifecycle stage, lead status, owner and reject reason as of each row."""
    nothing = np.full(len(portal.desk.world.people), -1)
    crm, staff = portal.is_crm, portal.desk.frame.staff
    status = _value(portal, rows, progress.status, nothing + crm)
    owner = _value(portal, rows, progress.owner, np.where(crm, staff.marketer, nothing))
    return {
        "property_lifecyclestage": words(
            STAGES, _value(portal, rows, progress.stage, progress.begin)
        ),
        "property_hs_lead_status": words(STATUSES, status),
        "property_hubspot_owner_id": portal.owners(owner),
        "property_reject_reason": words(REASONS, _value(portal, rows, progress.reason, nothing)),
    }


def _link_cells(portal: Portal, rows: Rows, crm: Crm) -> dict[str, Column]:
    """Return Salesforce ids; a portal without Salesforce has no such properties."""
    if portal.is_crm:
        return {}
    lead, contact, account = crm_ids(portal.desk, "hubspot", rows, crm)
    return {
        "property_salesforceleadid": lead,
        "property_salesforcecontactid": contact,
        "property_salesforceaccountid": account,
    }


def _merge_cells(portal: Portal, rows: Rows) -> dict[str, Column]:
    """Return which contacts were merged into each row's, when, and the addresses they left."""
    track = portal.tracking
    losers: dict[int, list[tuple[int, int]]] = {}
    merged = np.flatnonzero(happened(track.extra.merged))
    parents = track.book.parents(track.extra)
    for row in merged.tolist():
        entry = (int(track.extra.merged[row]), int(track.book.extra[row]))
        losers.setdefault(int(parents[row]), []).append(entry)
    mailboxes, base = portal.mailboxes(), int(track.book.first[0])
    vids, objects, mails = [], [], []
    for number, at in zip(rows.number.tolist(), rows.at.tolist(), strict=True):
        found = [pair for pair in sorted(losers.get(number, [])) if pair[0] <= at]
        vids.append(";".join(f"{loser}:{when}000" for when, loser in found) or None)
        objects.append(";".join(str(loser) for _, loser in found) or None)
        left = {mailboxes[loser - base] for _, loser in found} - {mailboxes[number - base]}
        mails.append(";".join(sorted(left)) or None)
    return {
        "property_hs_calculated_merged_vids": text(vids),
        "property_hs_merged_object_ids": text(objects),
        "property_hs_additional_emails": text(mails),
    }


def _write_merges(portal: Portal) -> None:
    """Write who was merged into whom; chains name the contact that was there then."""
    track = portal.tracking
    rows = np.flatnonzero(happened(track.extra.merged))
    winner, loser = track.book.parents(track.extra)[rows], track.book.extra[rows]
    at, size = track.extra.merged[rows], len(rows)
    columns = {
        "canonical_vid": integers(winner),
        "contact_id": integers(winner),
        "vid_to_merge": integers(loser),
        "entity_id": text([f'{{"id": {number}}}' for number in loser.tolist()]),
        "first_name": same(None, size),
        "last_name": same(None, size),
        "num_properties_moved": integers(at % 9),
        "timestamp": times(at, "ms"),
        "user_id": same(None, size),
    }
    desk = portal.desk
    desk.put(("hubspot", "contact_merge_audit"), columns, at, key="vid_to_merge", time="timestamp")
