"""Salesforce leads and contacts, with earlier versions, duplicates, merges and deletions."""

from dataclasses import dataclass

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.salesforce.shared import Ids
from sample.shapes.salesforce.status import STATUSES
from sample.shapes.stated import FIELDS, VOCABULARIES, stated_at
from sample.shapes.statuses import OPEN, REASONS, Trace
from sample.shapes.typed import (
    TITLE_WORDS,
    company_text,
    departments,
    full_names,
    other_address,
    readings,
    telephones,
    titles_at,
    typed_names,
)
from sample.shapes.versions import earlier, with_earlier
from sample.store.arrow import Column, dates, flags, integers, text, times, words
from sample.world.arrays import NEVER, Bools, Ints, happened
from sample.world.companies import NO_COMPANY
from sample.world.noise import AS_IS
from sample.world.records import FIRST
from sample.world.words import INDUSTRIES

SOURCES = ("Web", "セミナー・展示会", "リスト", "名刺")
CONSENTS = ("同意", "拒否")


@dataclass(frozen=True)
class _Rows:
    """Lead rows: whose, which record, its address, and the moment the row speaks about."""

    person: Ints
    record: Ints
    address: Ints
    created: Ints
    at: Ints
    final: Bools
    master: Ints
    deleted: Bools


def write_leads(desk: Desk, ids: Ids, trace: Trace) -> None:
    """Write the lead table."""
    rows = _lead_rows(desk, trace)
    columns = {
        **_person_cells(desk, rows, ids.lead),
        **_state_cells(desk, ids, trace, rows),
        **_stated_cells(desk, rows),
        "created_date": times(rows.created),
        "last_modified_date": times(rows.at),
        "system_modstamp": times(rows.at),
    }
    desk.put(("salesforce", "lead"), columns, rows.at, time="created_date")


def _lead_rows(desk: Desk, trace: Trace) -> _Rows:
    """List every version of every lead that landed."""
    records, book, extra = desk.world.records, desk.crm_book, desk.world.records.crm_extra
    rng, base = desk.rng("lead versions"), int(desk.crm_book.first[0])
    first = np.flatnonzero(happened(records.lead))
    last = np.maximum(trace.changed, records.lead)
    stated = desk.statements.last_change
    last = np.maximum(last, np.where(stated <= records.converted, stated, 0))
    last = np.where(happened(records.converted), records.converted, last)
    trash = happened(records.lead_deleted)
    last = np.where(trash, np.maximum(last, records.lead_deleted), last)
    early = first[earlier(rng, records.lead[first], last[first], desk.end)]
    merged = happened(extra.merged)
    twin = np.arange(len(extra.person))
    twin_early = twin[merged & (rng.random(len(twin)) < 0.4)]
    twin_at = np.where(merged, extra.merged, extra.created)
    parents = book.parents(extra) - base
    firsts = np.full(len(early) + len(first), FIRST, dtype=np.int64)
    nobody = np.full(len(firsts) + len(twin_early), -1, dtype=np.int64)
    return _Rows(
        person=np.concatenate([early, first, extra.person[twin_early], extra.person]),
        record=np.concatenate([early, first, book.extra[twin_early] - base, book.extra - base]),
        address=np.concatenate([firsts, extra.address[twin_early], extra.address]),
        created=np.concatenate(
            [records.lead[early], records.lead[first], extra.created[twin_early], extra.created]
        ),
        at=np.concatenate([records.lead[early], last[first], extra.created[twin_early], twin_at]),
        final=np.r_[np.zeros(len(early)), np.ones(len(first)),
                    np.zeros(len(twin_early) + len(twin))] == 1,
        master=np.concatenate([nobody, np.where(merged, parents, -1)]),
        deleted=np.r_[np.zeros(len(early), dtype=np.bool_), trash[first],
                      np.zeros(len(twin_early), dtype=np.bool_), merged],
    )  # fmt: skip


def _person_cells(desk: Desk, rows: _Rows, lead_ids: list[str]) -> dict[str, Column]:
    """Return who the person is; a twin record is typed a little differently."""
    world, texts, rng = desk.world, desk.texts, desk.rng("lead cells")
    people, person = world.people, rows.person.tolist()
    company, domains = people.company[rows.person], world.firms.domain
    addresses = zip(person, rows.address.tolist(), rows.record.tolist(), strict=True)
    known = rng.random(len(person))
    as_is = np.full(len(person), AS_IS)
    named = typed_names(texts, rows.person, rows.record, rows.address, as_is)
    trade = np.where(known < 0.6, world.firms.industry[company], -1)
    english = (rng.random(len(person)) < 0.2) & (trade >= 0)
    trades = [*(entry[0] for entry in INDUSTRIES), *(entry[1] for entry in INDUSTRIES)]
    title = titles_at(people, desk.statements.promoted, rows.person, rows.at)
    told = rng.random((2, len(people)))[:, rows.person]
    given, family = readings(texts, rows.person, told[0] < 0.6)
    sites = [domains[c] for c in np.where(known > 0.5, company, NO_COMPANY).tolist()]
    return {
        "id": words(lead_ids, rows.record),
        "email": text([other_address(texts.email[p], how, n) for p, how, n in addresses]),
        **named,
        "name": text(full_names(named)),
        "first_name_kana_c": given,
        "last_name_kana_c": family,
        "department_c": departments(people, rows.person, told[1] < 0.6),
        "company": text([name or "不明" for name in company_text(rng, world.firms, company)]),
        "title": words(TITLE_WORDS, title),
        "phone": telephones(texts, rows.person, known < 0.7, rows.record % 15),
        "website": text([f"https://www.{domain}" if domain else None for domain in sites]),
        "industry": words(trades, np.where(english, trade + len(INDUSTRIES), trade)),
        "number_of_employees": integers(
            world.firms.employees[company], (known > 0.35) & (company != NO_COMPANY)
        ),
        "lead_source": words(SOURCES, people.origin[rows.person]),
    }


def _state_cells(desk: Desk, ids: Ids, trace: Trace, rows: _Rows) -> dict[str, Column]:
    """Return status, owner and conversion as of each row."""
    world, size = desk.world, len(desk.world.people)
    records, staff = world.records, desk.frame.staff
    status = np.where(rows.final, trace.status.last(size, OPEN)[rows.person], OPEN)
    owner = np.where(
        rows.final, trace.owner.last(size, staff.marketer)[rows.person], staff.marketer
    )
    converted = rows.final & happened(records.converted[rows.person])
    deal = np.full(size, -1, dtype=np.int64)
    deal[world.deals.member_person[::-1]] = world.deals.member_deal[::-1]
    when = np.where(converted, records.converted[rows.person], NEVER)
    return {
        "status": words(STATUSES, status),
        "owner_id": ids.users(owner),
        "reject_reason_c": words(REASONS, np.where(rows.final, trace.reason[rows.person], -1)),
        "is_converted": flags(converted),
        "converted_date": dates(when),
        "converted_contact_id": ids.contacts(rows.person, converted),
        "converted_account_id": ids.accounts(world.people.company[rows.person], converted),
        "converted_opportunity_id": words(ids.deal, np.where(converted, deal[rows.person], -1)),
        "master_record_id": words(ids.lead, rows.master),
        "has_opted_out_of_email": flags(world.mails.opted_out[rows.person] <= rows.at),
        "is_deleted": flags(rows.deleted),
    }


def _stated_cells(desk: Desk, rows: _Rows) -> dict[str, Column]:
    """Return the custom fields, which hold what people stated to marketing."""
    size, world = len(desk.world.people), desk.world
    result = {}
    own = rows.final & happened(world.records.ma[rows.person])
    until = np.where(happened(world.records.converted), world.records.converted, NEVER - 1)
    for index, name in enumerate(FIELDS):
        code = stated_at(desk.statements, index, size, until)[rows.person]
        result[f"{name}_c"] = words(VOCABULARIES[index], np.where(own, code, -1))
    result["marketing_consent_c"] = words(CONSENTS, world.people.consent[rows.person] - 1)
    return result


def write_contacts(desk: Desk, ids: Ids) -> None:
    """Write the contact table: converted leads, and people of customers and partners."""
    world, texts = desk.world, desk.texts
    records, stated = world.records, desk.statements
    everybody = np.flatnonzero(happened(records.contact))
    born = records.contact[everybody]
    changed = np.maximum(born, stated.last_change[everybody])
    row, is_first = with_earlier(desk.rng("contact versions"), born, changed, desk.end)
    person, created = everybody[row], born[row]
    at = np.where(is_first, created, changed[row])
    rows = person.tolist()
    owner = np.full(len(world.people), desk.frame.staff.marketer)
    owner[world.handoffs.person] = world.handoffs.new_owner
    size = len(world.people)
    fields = {}
    for index, name in enumerate(FIELDS):
        newest = stated_at(stated, index, size, np.full(size, NEVER - 1))[person]
        first = stated_at(stated, index, size, records.contact)[person]
        fields[f"{name}_c"] = words(VOCABULARIES[index], np.where(is_first, first, newest))
    opted_out = world.mails.opted_out[person]
    given, family = readings(texts, person, person % 10 < 7)
    columns = {
        "id": words(ids.contact, person),
        "account_id": ids.accounts(world.people.company[person], person >= 0),
        "email": text([texts.email[p] for p in rows]),
        "first_name": text([texts.given[p] for p in rows]),
        "last_name": text([texts.family[p] for p in rows]),
        "name": text([f"{texts.family[p]} {texts.given[p]}" for p in rows]),
        "first_name_kana_c": given,
        "last_name_kana_c": family,
        "department": departments(world.people, person, person % 4 > 0),
        "title": words(TITLE_WORDS, titles_at(world.people, stated.promoted, person, at)),
        "phone": text([texts.phone[p] for p in rows]),
        "lead_source": words(SOURCES, world.people.origin[person]),
        "owner_id": ids.users(owner[person]),
        "has_opted_out_of_email": flags(opted_out <= at),
        "master_record_id": words([""], np.full(len(rows), -1)),
        "is_deleted": flags(np.zeros(len(rows), dtype=np.bool_)),
        **fields,
        "marketing_consent_c": words(CONSENTS, world.people.consent[person] - 1),
        "created_date": times(created),
        "last_modified_date": times(at),
        "system_modstamp": times(at),
    }
    desk.put(("salesforce", "contact"), columns, at, time="created_date")
