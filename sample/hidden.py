"""Truth tables: what no tool records, for tests to judge results by."""

from dataclasses import dataclass

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.hubspot.deals import deal_ids
from sample.shapes.hubspot.shared import owner_ids
from sample.shapes.salesforce import Ids
from sample.shapes.typed import (
    official_names,
)
from sample.store.arrow import Table, flags, integers, numbers, pa, text, times, words
from sample.store.truth import plain
from sample.world.arrays import Ints, happened
from sample.world.kinds import BUYERS, CompanyKind, PersonKind
from sample.world.noise import AS_IS
from sample.world.outcomes import Outcome, Reason
from sample.world.records import FIRST
from sample.world.signals import Trigger
from sample.world.words import INDUSTRIES

PERSON_TABLES = {"marketo": "lead", "hubspot": "contact", "pardot": "prospect"}
ADDRESSES = ("own", "same", "other_case", "other_width", "private", "typo", "other_at_work")
SPELLINGS = ("as_is", "swapped", "latin", "kana", "older_kanji")
ROLES = ("decider", "recommender", "handler", "gatherer")


def write_hidden(desk: Desk, ids: Ids) -> None:
    """Add a chunk to every truth table."""
    desk.truth.add("persons", _persons(desk))
    desk.truth.add("person_records", _records(desk, ids))
    desk.truth.add("handoffs", _handoffs(desk))
    desk.truth.add("deals", _deals(desk, ids))


def write_staff(desk: Desk, ids: Ids) -> None:
    """Write the hidden habits of sellers, once."""
    staff = desk.frame.staff
    desk.truth.add(
        "staff",
        pa.table(
            {
                "user_id": text(ids.user),
                "hubspot_owner_id": integers(owner_ids(np.arange(len(ids.user)))),
                "diligence": numbers(staff.diligence),
                "median_hours": numbers(staff.pace),
                "department": integers(staff.department),
            }
        ),
    )


def _enum(kind: type[PersonKind] | type[CompanyKind] | type[Outcome] | type[Trigger]) -> list[str]:
    """Return the names of an enumeration in order."""
    return [entry.name.lower() for entry in kind]


def _persons(desk: Desk) -> Table:
    """Return one row per person with everything hidden."""
    people, firms = desk.world.people, desk.world.firms
    company = people.company
    ready = people.ready_at < desk.end
    won = np.zeros(len(people), dtype=np.bool_)
    deals = desk.world.deals
    winners = deals.won[deals.member_deal]
    won[deals.member_person[winners]] = True
    columns = {
        "person_id": integers(people.number),
        "name": text(
            [f"{f} {g}" for f, g in zip(desk.texts.family, desk.texts.given, strict=True)]
        ),
        "email": text(desk.texts.email),
        "kind": words(_enum(PersonKind), people.kind),
        "is_buyer": flags(np.isin(people.kind, BUYERS)),
        "is_sales_ready": flags(ready),
        "ready_at": times(people.ready_at),
        "project_from": times(people.window_start),
        "project_until": times(people.window_end),
        "need": numbers(people.need),
        "timeline_months": integers(people.months),
        "budget_yen": integers(firms.budget[company]),
        "is_funded": flags(firms.funded[company]),
        "role": words(ROLES, people.role),
        "company_number": integers(firms.number[company]),
        "company_name": words(official_names(firms), company),
        "company_kind": words(_enum(CompanyKind), firms.kind[company]),
        "industry": words([entry[0] for entry in INDUSTRIES], firms.industry[company]),
        "employees": integers(firms.employees[company]),
        "is_shared_mailbox": flags(people.mailbox),
        "has_mail_proxy": flags(people.proxy),
        "has_mail_scanner": flags(firms.scanner[company] & ~people.free_mail),
        "created_at": times(people.created),
        "is_won": flags(won),
    }
    return plain(pa.table(columns))


def _records(desk: Desk, ids: Ids) -> Table:
    """Return one row per record of a written connector, landed or not, and whose it is."""
    records, apart, size = desk.world.records, desk.world.apart, len(desk.world.people)
    parts: list[_Part] = []
    for tool, tracking in desk.tracking.items():
        own = np.flatnonzero(happened(tracking.made))
        name = (tool, PERSON_TABLES[tool])
        numbers = [str(n) for n in tracking.book.first[own].tolist()]
        parts.append(_Part(name, numbers, own, "first", apart.address[own], apart.name[own]))
        extra = tracking.extra
        numbers = [str(n) for n in tracking.book.extra.tolist()]
        parts.append(_Part(name, numbers, extra.person, "duplicate", extra.address))
    if "salesforce" in desk.frame.spec.connectors:
        own = np.flatnonzero(happened(records.lead))
        name, extra = ("salesforce", "lead"), records.crm_extra
        parts.append(_Part(name, [ids.lead[p] for p in own.tolist()], own, "first"))
        parts.append(_Part(name, ids.lead[size:], extra.person, "duplicate", extra.address))
        own = np.flatnonzero(happened(records.contact))
        name = ("salesforce", "contact")
        parts.append(_Part(name, [ids.contact[p] for p in own.tolist()], own, "first"))
    return pa.concat_tables([part.table(desk) for part in parts])


@dataclass(frozen=True)
class _Part:
    """Records of one table: their ids, whose they are, and how they are spelled."""

    name: tuple[str, str]
    ids: list[str]
    person: Ints
    why: str
    address: Ints | None = None
    written: Ints | None = None

    def table(self, desk: Desk) -> Table:
        """Return the rows of the truth."""
        size = len(self.ids)
        address = np.full(size, FIRST) if self.address is None else self.address
        written = np.full(size, AS_IS) if self.written is None else self.written
        columns = {
            "connector": text([self.name[0]] * size),
            "record_type": text([self.name[1]] * size),
            "record_id": text(self.ids),
            "person_id": integers(desk.world.people.number[self.person]),
            "why": text([self.why] * size),
            "address": words(ADDRESSES, address - FIRST),
            "name_written": words(SPELLINGS, written),
        }
        return plain(pa.table(columns))


def _handoffs(desk: Desk) -> Table:
    """Return one row per hand-over as the world played it."""
    handoffs = desk.world.handoffs
    columns = {
        "person_id": integers(desk.world.people.number[handoffs.person]),
        "handed_over_at": times(handoffs.at),
        "trigger": words(_enum(Trigger), handoffs.trigger),
        "owner": integers(handoffs.owner),
        "followed_at": times(handoffs.followed),
        "reached_at": times(handoffs.reached),
        "meeting_at": times(handoffs.meeting),
        "is_meeting_held": flags(handoffs.held & (handoffs.meeting < desk.end)),
        "converted_at": times(handoffs.converted),
        "outcome": words(_enum(Outcome), handoffs.outcome),
        "reason": words([entry.name.lower() for entry in Reason], handoffs.reason),
        "delay_days": numbers(handoffs.delay_days),
    }
    return plain(pa.table(columns))


def _deals(desk: Desk, ids: Ids) -> Table:
    """Return one row per opportunity."""
    deals, people = desk.world.deals, desk.world.people
    columns = {
        "opportunity_id": text(ids.deal),
        "hubspot_deal_id": integers(deal_ids(desk.world.chunk, len(deals))),
        "person_id": integers(people.number[np.maximum(deals.opener, 0)], deals.opener >= 0),
        "company_number": integers(desk.world.firms.number[deals.company]),
        "opened_at": times(deals.opened),
        "closed_at": times(deals.closed),
        "is_won": flags(deals.won),
        "amount": integers(deals.amount),
    }
    return plain(pa.table(columns))
