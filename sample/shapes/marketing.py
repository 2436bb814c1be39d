"""What every marketing tool has on record about people; each shape names the columns its way."""

from dataclasses import dataclass

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.stated import FIELDS, VOCABULARIES, stated_at
from sample.shapes.tracking import Tracking
from sample.shapes.typed import (
    company_text,
    departments,
    other_address,
    readings,
    telephones,
    titles_at,
    typed_names,
)
from sample.shapes.versions import earlier
from sample.store.arrow import Column, text, words
from sample.world.arrays import NEVER, Bools, Ints, happened
from sample.world.noise import AS_IS
from sample.world.records import FIRST

CONSENTS = ("yes", "no")
SOURCES = ("Web", "Event", "List import", "Business card")
TWIN_LINKED = 0.25
FIRST_PRIVATE = 100_000_000  # private addresses of records apart, beyond every record number


@dataclass(frozen=True)
class Crm:
    """Salesforce ids of a chunk, empty where there is none: of people, their company, and deals."""

    lead: list[str]
    contact: list[str]
    account: list[str]
    deal: list[str]


@dataclass(frozen=True)
class Rows:
    """Records to write: whose, which number, how addressed and spelled, as of when.

    ``early`` marks first versions, ``gone`` records that were deleted or merged away.
    """

    person: Ints
    number: Ints
    address: Ints
    written: Ints
    created: Ints
    at: Ints
    early: Bools
    gone: Bools


@dataclass(frozen=True)
class Cells:
    """Who the rows are about; numbers are -1 where nothing is on record."""

    email: list[str]
    first_name: Column
    last_name: Column
    first_kana: Column
    last_kana: Column
    company: list[str | None]
    department: Column
    title: Ints
    phone: Column
    industry: Ints
    employees: Ints
    opted_out: Bools
    origin: Ints
    consent: Ints


def record_rows(desk: Desk, tool: str, changed: Ints | None = None) -> Rows:
    """List every version of every record of a tool that landed.

    Args:
        desk: The chunk.
        tool: The marketing tool.
        changed: Further changes, the newest per person, 0 without any.
    """
    world, track = desk.world, desk.tracking[tool]
    rng, records, extra = desk.rng(f"{tool} versions"), world.records, track.extra
    first = np.flatnonzero(happened(track.made))
    merged = happened(extra.merged)
    landed = np.flatnonzero(~merged | (rng.random(len(extra.person)) < 0.6))
    last = np.maximum(desk.statements.last_change, np.where(happened(track.made), track.made, 0))
    for at in (world.mails.opted_out, records.converted):
        last = np.maximum(last, np.where(happened(at), at, 0))
    if changed is not None:
        last = np.maximum(last, changed)
    last = np.where(happened(track.until), np.maximum(np.minimum(last, track.until), track.made),
                    last)  # fmt: skip
    gone = happened(track.deleted)
    last = np.where(gone, track.deleted, last)
    kept = first[~gone[first] | (rng.random(len(first)) < 0.5)]
    early = kept[earlier(rng, track.made[kept], last[kept], desk.end)]
    twin_end = np.where(merged, extra.merged, extra.created)
    twin_early = landed[earlier(rng, extra.created[landed], twin_end[landed], desk.end)]
    twins, own = np.concatenate([twin_early, landed]), np.concatenate([early, kept])
    plain = np.full(len(twins), AS_IS)
    is_early = [np.ones(len(early)), np.zeros(len(kept)), np.ones(len(twin_early)),
                np.zeros(len(landed))]  # fmt: skip
    return Rows(
        person=np.concatenate([own, extra.person[twins]]),
        number=np.concatenate([track.book.first[own], track.book.extra[twins]]),
        address=np.concatenate([world.apart.address[own], extra.address[twins]]),
        written=np.concatenate([world.apart.name[own], plain]),
        created=np.concatenate([track.made[own], extra.created[twins]]),
        at=np.concatenate(
            [track.made[early], last[kept], extra.created[twin_early], twin_end[landed]]
        ),
        early=np.concatenate(is_early) == 1,
        gone=np.concatenate([early < 0, gone[kept], twin_early < 0, merged[landed]]),
    )


def person_cells(desk: Desk, tool: str, rows: Rows) -> Cells:
    """Return who the rows are about, the way people typed it into the tool."""
    world, texts, person = desk.world, desk.texts, rows.person
    rng, firms, people = desk.rng(f"{tool} cells"), world.firms, world.people
    is_first = is_own(desk.tracking[tool], rows)
    named = typed_names(
        texts, person, rows.number, np.where(is_first, FIRST, rows.address), rows.written
    )
    company, sparse = people.company[person], rng.random(len(person))
    # What a person told once stays told: the same draw for every version of the person's records.
    told = rng.random((3, len(people)))[:, person]
    given, family = readings(texts, person, told[0] < 0.5)
    return Cells(
        email=addresses(desk, tool, rows),
        first_name=named["first_name"],
        last_name=named["last_name"],
        first_kana=given,
        last_kana=family,
        company=company_text(rng, firms, company),
        department=departments(people, person, told[1] < 0.5),
        title=titles_at(people, desk.statements.promoted, person, rows.at),
        phone=telephones(texts, person, told[2] < 0.6, rows.number % 12),
        industry=np.where(sparse < 0.55, firms.industry[company], -1),
        employees=np.where(sparse > 0.4, firms.employees[company], -1),
        opted_out=world.mails.opted_out[person] <= rows.at,
        origin=people.origin[person],
        consent=people.consent[person] - 1,
    )


def is_own(track: Tracking, rows: Rows) -> Bools:
    """Tell the first record of a person from duplicates."""
    own: Bools = rows.number == track.book.first[rows.person]
    return own


def addresses(desk: Desk, tool: str, rows: Rows) -> list[str]:
    """Return the address each row carries."""
    own = is_own(desk.tracking[tool], rows)
    number = np.where(own, FIRST_PRIVATE + desk.world.people.number[rows.person], rows.number)
    columns = zip(rows.person.tolist(), rows.address.tolist(), number.tolist(), strict=True)
    return [other_address(desk.texts.email[p], how, n) for p, how, n in columns]


def stated_codes(desk: Desk, tool: str, rows: Rows) -> dict[str, Ints]:
    """Return the answers on record for each row, as positions in their vocabularies."""
    size = len(desk.world.people)
    result = {}
    now, first = np.full(size, NEVER - 1), desk.tracking[tool].made
    for index, name in enumerate(FIELDS):
        newest = stated_at(desk.statements, index, size, now)[rows.person]
        early = stated_at(desk.statements, index, size, first)[rows.person]
        result[name] = np.where(rows.early, early, newest)
    return result


def stated_cells(desk: Desk, tool: str, rows: Rows) -> dict[str, Column]:
    """Return the answers on record for each row, in words."""
    codes = stated_codes(desk, tool, rows)
    return {name: words(VOCABULARIES[i], codes[name]) for i, name in enumerate(FIELDS)}


def crm_ids(desk: Desk, tool: str, rows: Rows, crm: Crm) -> tuple[Column, Column, Column]:
    """Return the CRM lead, contact and account ids a tool was told; some in their short form."""
    records, person, rng = desk.world.records, rows.person, desk.rng(f"{tool} crm ids")
    own = is_own(desk.tracking[tool], rows)
    link = records.linked[person] & (own | (rng.random(len(person)) < TWIN_LINKED))
    cut = rng.random(len(desk.world.people)) < 0.1
    known = link & (records.lead[person] <= rows.at + 3600)
    converted = link & (records.contact[person] <= rows.at)

    def column(ids: list[str], shown: Bools) -> Column:
        return text(
            [
                (ids[p][:15] if cut[p] else ids[p]) if show and ids[p] else None
                for p, show in zip(person.tolist(), shown.tolist(), strict=True)
            ]
        )

    return column(crm.lead, known), column(crm.contact, converted), column(crm.account, converted)
