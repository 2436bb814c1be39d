"""HubSpot companies, made of the domains of contacts, and which contact is with which."""

import numpy as np

from sample.shapes.hubspot.shared import FIRST_COMPANY, Portal
from sample.shapes.marketing import Crm
from sample.shapes.typed import official_names
from sample.store.arrow import flags, integers, same, text, times, words
from sample.world.arrays import DAY, NEVER, Ints, first_per, happened
from sample.world.companies import FIRST_ORDINARY, corporate_numbers
from sample.world.kinds import CompanyKind
from sample.world.words import INDUSTRIES

TYPES = ("PROSPECT", "PARTNER", "OTHER")
STAGES = ("lead", "customer")
CONTACT_TO_COMPANY = 279
NUMBER_KNOWN = 0.5


def write_companies(portal: Portal, crm: Crm) -> None:
    """Write company and contact_company."""
    _write_company(portal, crm)
    _write_links(portal)


def _write_company(portal: Portal, crm: Crm) -> None:
    """Write the company table; who signs becomes a customer in a newer version of the row."""
    desk, firms = portal.desk, portal.desk.world.firms
    here = portal.companies()
    # Every chunk has the fixed companies; only the first writes them.
    here[:FIRST_ORDINARY] = desk.world.chunk == 0
    here[[not domain for domain in firms.domain]] = False
    company = np.flatnonzero(here)
    made, signed = _moments(portal)
    became = company[happened(signed[company])]
    row = np.concatenate([company, became])
    newer = np.arange(len(row)) >= len(company)
    at = np.where(newer, signed[row], made[row])
    kind = firms.kind[row]
    is_customer = newer | (kind == CompanyKind.CUSTOMER)
    code = np.where(kind == CompanyKind.PARTNER, 1, np.where(kind == CompanyKind.COMPETITOR, 2, 0))
    names, numbers = official_names(firms), corporate_numbers(firms.number)
    known = desk.rng("hubspot numbers").random(len(here)) < NUMBER_KNOWN
    columns = {
        "id": integers(FIRST_COMPANY + firms.number[row]),
        "is_deleted": flags(np.zeros(len(row), dtype=np.bool_)),
        "property_name": words(names, row),
        "property_domain": words(firms.domain, row),
        "property_industry": words([entry[0] for entry in INDUSTRIES], firms.industry[row]),
        "property_numberofemployees": integers(firms.employees[row], row % 10 > 0),
        "property_type": words(TYPES, code),
        "property_lifecyclestage": words(STAGES, is_customer.astype(np.int64)),
        "property_corporate_number": words(numbers, np.where(known[row], row, -1)),
        "property_hubspot_owner_id": portal.owners(
            firms.number[row] * 13 % desk.frame.staff.sellers, np.full(len(row), portal.is_crm)
        ),
        **_accounts(portal, crm, row),
        "property_createdate": times(made[row], "ms"),
        "property_hs_lastmodifieddate": times(at, "ms"),
        "_fivetran_deleted": flags(np.zeros(len(row), dtype=np.bool_)),
    }
    desk.put(("hubspot", "company"), columns, at, time="property_createdate")


def _accounts(portal: Portal, crm: Crm, row: Ints) -> dict[str, object]:
    """Return Salesforce account ids where there is a Salesforce."""
    if portal.is_crm:
        return {}
    people = portal.desk.world.people
    account: list[str | None] = [None] * len(portal.desk.world.firms.number)
    for company, found in zip(people.company.tolist(), crm.account, strict=True):
        account[company] = found or None
    return {"property_salesforceaccountid": text([account[r] for r in row.tolist()])}


def _moments(portal: Portal) -> tuple[Ints, Ints]:
    """Return when each company was made, and when it signed during the history."""
    desk, world = portal.desk, portal.desk.world
    deals, size = world.deals, len(world.firms.number)
    known = np.flatnonzero(happened(portal.tracking.made))
    first = first_per(world.people.company[known], portal.tracking.made[known], size)
    if portal.is_crm:
        first = np.minimum(first, first_per(deals.company, deals.opened, size) - 5)
        old = world.firms.customer_since
        first = np.where(happened(old), np.minimum(first, old - 60 * DAY), first)
    first[:FIRST_ORDINARY] = desk.frame.spec.start_seconds - 100 * DAY
    won = np.flatnonzero(deals.won & happened(deals.closed))
    signed = first_per(deals.company[won], deals.closed[won] + 60, size)
    old_customer = happened(world.firms.customer_since)
    return first, np.where(old_customer | (signed >= desk.end), NEVER, signed)


def _write_links(portal: Portal) -> None:
    """Write contact_company; a few contacts were never put with their company."""
    desk, track = portal.desk, portal.tracking
    company = desk.world.people.company
    there = happened(track.made) & portal.companies()[company] & (np.arange(len(company)) % 8 > 0)
    person = np.flatnonzero(there)
    size = len(person)
    columns = {
        "contact_id": integers(track.book.first[person]),
        "company_id": integers(FIRST_COMPANY + desk.world.firms.number[company[person]]),
        "type_id": integers(np.full(size, CONTACT_TO_COMPANY)),
        "category": same("HUBSPOT_DEFINED", size),
    }
    desk.put(("hubspot", "contact_company"), columns, track.made[person], key="contact_id")
