"""Pardot prospects and the accounts they are with."""

import numpy as np

from sample.shapes.marketing import (
    CONSENTS,
    SOURCES,
    Cells,
    Crm,
    Rows,
    crm_ids,
    person_cells,
    record_rows,
    stated_cells,
)
from sample.shapes.pardot.shared import FIRST_ACCOUNT, FIRST_USER, Org, mail_campaign
from sample.shapes.typed import TITLE_WORDS, official_names
from sample.store.arrow import Column, flags, integers, same, text, times, words
from sample.world.arrays import NEVER, Ints, first_per, happened
from sample.world.companies import FIRST_ORDINARY
from sample.world.words import INDUSTRIES

GRADES = ("A", "B+", "B", "C", "C-", "D+", "D", "")
RECENT = ("Visit", "Email open", "Form", "Never active.")


def write_prospects(org: Org, crm: Crm) -> None:
    """Write the prospect table."""
    desk = org.desk
    rows = record_rows(desk, "pardot")
    cells = person_cells(desk, "pardot", rows)
    columns = {
        "id": integers(rows.number),
        **_typed(org, rows, cells),
        **_links(org, rows, crm),
        "opted_out": flags(cells.opted_out),
        "is_do_not_email": flags(cells.opted_out),
        "is_do_not_call": flags(np.zeros(len(rows.at), dtype=np.bool_)),
        "source": words(SOURCES, cells.origin),
        **stated_cells(desk, "pardot", rows),
        "marketing_consent": words(CONSENTS, cells.consent),
        **_own_scores(org, rows),
        "created_at": times(rows.created),
        "updated_at": times(rows.at),
        "_fivetran_deleted": flags(rows.gone),
    }
    desk.put(("pardot", "prospect"), columns, rows.at, time="created_at")


def _typed(org: Org, rows: Rows, cells: Cells) -> dict[str, Column]:
    """Return what people typed; what they left out is an empty text now and then."""
    company = org.desk.world.people.company[rows.person]
    domains = org.desk.world.firms.domain
    sites = [
        f"https://www.{domains[c]}" if shown and domains[c] else None
        for c, shown in zip(company.tolist(), (rows.number % 4 == 0).tolist(), strict=True)
    ]
    return {
        "email": text(cells.email),
        "salutation": words([""], np.where(rows.number % 2 == 0, 0, -1)),
        "first_name": cells.first_name,
        "last_name": cells.last_name,
        "first_name_kana": cells.first_kana,
        "last_name_kana": cells.last_kana,
        "company": text(cells.company),
        "department": cells.department,
        "job_title": words(TITLE_WORDS, cells.title),
        "phone": cells.phone,
        "website": text(sites),
        "country": words(["日本", "Japan", ""], rows.number % 3),
        "industry": words([entry[0] for entry in INDUSTRIES], cells.industry),
        "employees": integers(cells.employees, cells.employees >= 0),
    }


def _links(org: Org, rows: Rows, crm: Crm) -> dict[str, Column]:
    """Return account, campaign and CRM ids."""
    desk = org.desk
    lead, contact, account = crm_ids(desk, "pardot", rows, crm)
    company, size = desk.world.people.company[rows.person], len(rows.at)
    linked = [one or other for one, other in
              zip(lead.to_pylist(), contact.to_pylist(), strict=True)]  # fmt: skip
    at_work = (company >= FIRST_ORDINARY) & (rows.number % 8 > 0)
    campaign = mail_campaign(len(desk.frame.programmes))
    return {
        "prospect_account_id": org.accounts(company, at_work),
        "campaign_id": integers(np.full(size, campaign)),
        "user_id": integers(FIRST_USER + rows.person % 5, rows.person % 3 == 0),
        "crm_lead_fid": lead,
        "crm_contact_fid": contact,
        "crm_account_fid": account,
        "crm_url": text([f"https://crm.example/{found}" if found else None for found in linked]),
        "crm_last_sync": times(np.where([found is not None for found in linked], rows.at, NEVER)),
    }


def _own_scores(org: Org, rows: Rows) -> dict[str, Column]:
    """Return the tool's own score and grade, which say little."""
    chance = org.desk.rng("pardot scores").random(len(rows.at))
    return {
        "score": integers((chance**3 * 400).astype(np.int64)),
        "grade": words(GRADES, (chance * len(GRADES)).astype(np.int64)),
        "recent_interaction": words(RECENT, rows.number % len(RECENT)),
        "is_reviewed": flags(rows.number % 5 == 0),
        "is_starred": flags(rows.number % 50 == 0),
        "last_activity_at": times(rows.at),
        "password": same(None, len(rows.at)),
    }


def write_accounts(org: Org, crm: Crm) -> None:
    """Write the prospect_account table: companies of prospects."""
    desk, firms, people = org.desk, org.desk.world.firms, org.desk.world.people
    known = np.flatnonzero(happened(org.tracking.made))
    made = first_per(people.company[known], org.tracking.made[known], len(firms.number))
    company = np.flatnonzero(happened(made) & (np.arange(len(made)) >= FIRST_ORDINARY))
    account: list[str | None] = [None] * len(made)
    for place, found in zip(people.company.tolist(), crm.account, strict=True):
        account[place] = found or None
    at: Ints = made[company]
    names = official_names(firms)
    columns = {
        "id": integers(FIRST_ACCOUNT + firms.number[company]),
        "name": words(names, company),
        "website": text([f"https://www.{firms.domain[c]}" for c in company.tolist()]),
        "phone": same(None, len(company)),
        "industry": words([entry[0] for entry in INDUSTRIES], firms.industry[company]),
        "employees": integers(firms.employees[company], company % 10 > 0),
        "crm_account_fid": text([account[c] for c in company.tolist()]),
        "created_at": times(at),
        "updated_at": times(at),
        "_fivetran_deleted": flags(np.zeros(len(company), dtype=np.bool_)),
    }
    desk.put(("pardot", "prospect_account"), columns, at, time="created_at")
