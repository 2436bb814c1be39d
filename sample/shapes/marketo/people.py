"""Marketo people: records, their versions, merges, deletions and changed values."""

from dataclasses import dataclass

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.marketo.changes import write_changes, write_deletions, write_merges
from sample.shapes.marketo.shared import Numbers
from sample.shapes.stated import FIELDS, VOCABULARIES, stated_at
from sample.shapes.texts import (
    TITLE_WORDS,
    company_text,
    other_address,
    titles_at,
    twin_names,
)
from sample.shapes.versions import earlier
from sample.store.arrow import Column, flags, integers, text, times, words
from sample.world.arrays import NEVER, Bools, Ints, happened
from sample.world.records import FIRST
from sample.world.words import INDUSTRIES

CONSENTS = ("yes", "no")
SOURCES = ("Web", "Event", "List import", "Business card")
TWIN_LINKED = 0.25
Crm = tuple[list[str], list[str], list[str]]


@dataclass(frozen=True)
class _Rows:
    """Records to write: whose, which number, how addressed, as of when."""

    person: Ints
    number: Ints
    address: Ints
    created: Ints
    at: Ints
    gone: Bools


def write_people(desk: Desk, numbers: Numbers, crm: Crm) -> None:
    """Write lead, merge, deletion and value-change tables."""
    rows = _records(desk)
    _write_lead(desk, rows, crm)
    write_merges(desk, numbers)
    write_deletions(desk, numbers)
    write_changes(desk, numbers)


def _records(desk: Desk) -> _Rows:
    """List every record version that landed."""
    world, book = desk.world, desk.ma_book
    rng, records, extra = desk.rng("ma versions"), world.records, world.records.ma_extra
    first = np.flatnonzero(happened(records.ma))
    merged = happened(extra.merged)
    landed = np.flatnonzero(~merged | (rng.random(len(extra.person)) < 0.6))
    last = np.maximum(desk.statements.last_change, world.records.ma)
    last = np.maximum(last, np.where(happened(world.mails.opted_out), world.mails.opted_out, 0))
    last = np.maximum(last, np.where(happened(records.converted), records.converted, 0))
    gone = happened(records.ma_deleted)
    last = np.where(gone, records.ma_deleted, last)
    kept = first[~gone[first] | (rng.random(len(first)) < 0.5)]
    early = kept[earlier(rng, records.ma[kept], last[kept], desk.end)]
    twin_end = np.where(merged, extra.merged, extra.created)
    twin_early = landed[earlier(rng, extra.created[landed], twin_end[landed], desk.end)]
    twins = np.concatenate([twin_early, landed])
    own = np.concatenate([early, kept])
    return _Rows(
        person=np.concatenate([own, extra.person[twins]]),
        number=np.concatenate([book.first[own], book.extra[twins]]),
        address=np.concatenate([np.full(len(own), FIRST), extra.address[twins]]),
        created=np.concatenate([records.ma[own], extra.created[twins]]),
        at=np.concatenate(
            [records.ma[early], last[kept], extra.created[twin_early], twin_end[landed]]
        ),
        gone=np.concatenate([early < 0, gone[kept], twin_early < 0, merged[landed]]),
    )


def _write_lead(desk: Desk, rows: _Rows, crm: Crm) -> None:
    """Write the lead table."""
    world, texts, size = desk.world, desk.texts, len(desk.world.people)
    rng, firms, person = desk.rng("ma lead"), world.firms, rows.person
    pairs = list(zip(person.tolist(), rows.address.tolist(), rows.number.tolist(), strict=True))
    is_first = rows.number < int(desk.ma_book.first[0]) + size
    link = world.records.linked[person] & (is_first | (rng.random(len(person)) < TWIN_LINKED))
    cut = rng.random(size) < 0.1
    sparse = rng.random(len(person))
    stated = _stated(desk, rows, size)
    converted = world.records.contact[person] <= rows.at

    def crm_id(ids: list[str], shown: Bools) -> Column:
        return text(
            [
                (ids[p][:15] if cut[p] else ids[p]) if ids[p] and show else None
                for p, show in zip(person.tolist(), (shown & link).tolist(), strict=True)
            ]
        )

    company = world.people.company[person]
    trade = np.where(sparse < 0.55, firms.industry[company], -1)
    known_phone = np.where(sparse < 0.6, person, -1).tolist()
    title = titles_at(world.people, desk.statements.promoted, person, rows.at)
    columns = {
        "id": integers(rows.number),
        "email": text([other_address(texts.email[p], how, n) for p, how, n in pairs]),
        **twin_names(texts, person, rows.number, rows.address),
        "company": text(company_text(rng, firms, company)),
        "title": words(TITLE_WORDS, title),
        "phone": text([texts.phone[p] if p >= 0 else None for p in known_phone]),
        "industry": words([entry[0] for entry in INDUSTRIES], trade),
        "number_of_employees": integers(firms.employees[company], sparse > 0.4),
        "sfdc_lead_id": crm_id(crm[0], world.records.lead[person] <= rows.at + 3600),
        "sfdc_contact_id": crm_id(crm[1], converted),
        "sfdc_account_id": crm_id(crm[2], converted),
        "unsubscribed": flags(world.mails.opted_out[person] <= rows.at),
        "lead_source": words(SOURCES, world.people.origin[person]),
        "created_at": times(rows.created, "ms"),
        "updated_at": times(rows.at, "ms"),
        **stated,
        "marketing_consent": words(CONSENTS, world.people.consent[person] - 1),
        "_fivetran_deleted": flags(rows.gone),
    }
    desk.put(("marketo", "lead"), columns, rows.at, time="created_at")


def _stated(desk: Desk, rows: _Rows, size: int) -> dict[str, Column]:
    """Return the answers on record for each row."""
    result = {}
    last = np.full(size, NEVER - 1)
    first = desk.world.records.ma
    is_early = rows.at == rows.created
    for index, name in enumerate(FIELDS):
        newest = stated_at(desk.statements, index, size, last)[rows.person]
        early = stated_at(desk.statements, index, size, first)[rows.person]
        result[name] = words(VOCABULARIES[index], np.where(is_early, early, newest))
    return result
