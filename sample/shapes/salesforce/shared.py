"""Ids of a chunk's people, companies, deals and users, and which record a touch hangs on."""

from dataclasses import dataclass

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.salesforce.ids import record_ids
from sample.store.arrow import Column, words
from sample.world.arrays import Bools, Ints, Rng, happened
from sample.world.companies import FIRST_ORDINARY, NO_COMPANY
from sample.world.kinds import CompanyKind
from sample.world.words import COMPETITORS

ACCOUNT_SHARE = 0.10
NUMBER_ROOM = 4_000_000
SHORT_ID_SHARE = 0.03


@dataclass(frozen=True)
class Ids:
    """Salesforce ids of one chunk.

    Attributes:
        lead: Every lead id, first records by person, then duplicates.
        contact, account, deal, user, campaign: Ids by position.
        has_account: Companies that have an account.
    """

    desk: Desk
    lead: list[str]
    contact: list[str]
    account: list[str]
    deal: list[str]
    user: list[str]
    campaign: list[str]
    has_account: Bools

    def who(self, rng: Rng, person: Ints, at: Ints) -> Column:
        """Return the lead or contact that something is logged on at a moment."""
        records = self.desk.world.records
        base = int(self.desk.crm_book.first[0])
        lead = self.desk.crm_book.on(rng, person, at) - base
        is_contact = records.contact[person] <= at
        known = np.where(is_contact, True, happened(records.lead[person]))
        code = np.where(is_contact, len(self.lead) + person, lead)
        code = np.where(known, code, -1)
        short = rng.random(len(person)) < SHORT_ID_SHARE
        both = [*self.lead, *self.contact]
        code = np.where(short & (code >= 0), code + len(both), code)
        return words([*both, *(entry[:15] for entry in both)], code)

    def contacts(self, person: Ints, shown: Bools) -> Column:
        """Return contact ids where shown."""
        return words(self.contact, np.where(shown, person, -1))

    def accounts(self, company: Ints, shown: Bools) -> Column:
        """Return account ids of companies that have one, where shown."""
        return words(self.account, np.where(shown & self.has_account[company], company, -1))

    def users(self, user: Ints) -> Column:
        """Return user ids."""
        return words(self.user, user)


def make_ids(desk: Desk) -> Ids:
    """Make the ids of a chunk; users and campaigns are the same in every chunk."""
    world, firms = desk.world, desk.world.firms
    deals = world.chunk * NUMBER_ROOM // 100 + np.arange(len(world.deals))
    numbers = np.concatenate([desk.crm_book.first, desk.crm_book.extra])
    kind = firms.kind
    has = np.isin(kind, (CompanyKind.CUSTOMER, CompanyKind.PARTNER))
    has |= desk.rng("accounts").random(len(kind)) < ACCOUNT_SHARE
    has[:FIRST_ORDINARY] = False
    for index, competitor in enumerate(COMPETITORS):
        has[1 + index] = competitor[2]
    has[world.deals.company] = True
    has[NO_COMPANY] = False
    converted = np.flatnonzero(happened(world.records.contact))
    in_use = world.people.company[converted]
    has[in_use[in_use >= FIRST_ORDINARY + 0]] = True
    has[NO_COMPANY] = False
    return Ids(
        desk=desk,
        lead=record_ids("lead", numbers),
        contact=record_ids("contact", world.people.number),
        account=record_ids("account", firms.number),
        deal=record_ids("opportunity", deals),
        user=record_ids("user", np.arange(len(desk.frame.staff.name))),
        campaign=record_ids("campaign", np.arange(len(desk.frame.programmes) + 1)),
        has_account=has,
    )


def row_ids(desk: Desk, entity: str, size: int) -> list[str]:
    """Return ids for rows that nothing points to."""
    return record_ids(entity, desk.world.chunk * NUMBER_ROOM + np.arange(size))
