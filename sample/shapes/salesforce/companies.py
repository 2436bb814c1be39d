"""Salesforce accounts."""

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.salesforce.shared import Ids
from sample.shapes.typed import (
    official_names,
)
from sample.store.arrow import flags, integers, text, times, words
from sample.world.arrays import DAY, NEVER, Ints, first_per, happened
from sample.world.companies import FIRST_ORDINARY, corporate_numbers
from sample.world.kinds import CompanyKind
from sample.world.words import INDUSTRIES

TYPES = ("Prospect", "Customer", "Partner", "Competitor")
PARENT_SHARE = 0.04
NUMBER_KNOWN = 0.5


def write_accounts(desk: Desk, ids: Ids) -> None:
    """Write the account table; who signs becomes Customer in a newer version of the row."""
    world, firms = desk.world, desk.world.firms
    rng, size = desk.rng("account cells"), len(firms.number)
    here = ids.has_account.copy()
    if world.chunk > 0:
        here[:FIRST_ORDINARY] = False
    account = np.flatnonzero(here)
    created, signed = _moments(desk, size)
    became = account[happened(signed[account])]
    row = np.concatenate([account, became])
    newer = np.arange(len(row)) >= len(account)
    at = np.where(newer, signed[row], created[row])
    kind = firms.kind[row]
    code = np.where(newer | (kind == CompanyKind.CUSTOMER), 1, 0)
    code = np.where(
        kind == CompanyKind.PARTNER, 2, np.where(kind == CompanyKind.COMPETITOR, 3, code)
    )
    has_parent = rng.random(size) < PARENT_SHARE
    told = rng.random(size) < NUMBER_KNOWN
    head = account[np.argmax(account >= FIRST_ORDINARY)]
    parent = np.where(has_parent[row] & (row > head), head, -1)
    names = official_names(firms)
    owner = firms.number[row] * 13 % desk.frame.staff.sellers
    columns = {
        "id": words(ids.account, row),
        "name": words(names, row),
        "type": words(TYPES, code),
        "parent_id": words(ids.account, parent),
        "industry": words([entry[0] for entry in INDUSTRIES], firms.industry[row]),
        "number_of_employees": integers(firms.employees[row], row % 10 > 0),
        "corporate_number_c": words(corporate_numbers(firms.number), np.where(told[row], row, -1)),
        "website": text([f"https://www.{firms.domain[r]}/" for r in row.tolist()]),
        "owner_id": ids.users(owner),
        "is_deleted": flags(np.zeros(len(row), dtype=np.bool_)),
        "created_date": times(created[row]),
        "last_modified_date": times(at),
        "system_modstamp": times(at),
    }
    desk.put(("salesforce", "account"), columns, at, time="created_date")


def _moments(desk: Desk, size: int) -> tuple[Ints, Ints]:
    """Return when each account was made, and when it signed during the history."""
    world, start = desk.world, desk.frame.spec.start_seconds
    deals, firms = world.deals, world.firms
    rng = desk.rng("account moments")
    anyhow = start - 200 * DAY + (rng.random(size) * 150 * DAY).astype(np.int64)
    first_deal = first_per(deals.company, deals.opened, size)
    contact = np.flatnonzero(happened(world.records.contact))
    first_contact = first_per(world.people.company[contact], world.records.contact[contact], size)
    first_use = np.minimum(first_deal, first_contact) - 5
    created = np.where(firms.kind == CompanyKind.PROSPECT, np.minimum(first_use, NEVER), anyhow)
    created = np.where(created > desk.end, anyhow, created)
    old = happened(firms.customer_since)
    created = np.where(old, np.minimum(firms.customer_since - 60 * DAY, desk.end - DAY), created)
    won = np.flatnonzero(deals.won & happened(deals.closed))
    signed = first_per(deals.company[won], deals.closed[won] + 60, size)
    return created, np.where(old | (signed >= desk.end), NEVER, signed)
