"""How people and companies are spelled: names, addresses, titles, telephone numbers."""

from dataclasses import dataclass

import numpy as np

from sample.store.arrow import Column, text
from sample.world.arrays import Ints, Rng
from sample.world.companies import Companies
from sample.world.kinds import PersonKind
from sample.world.people import People
from sample.world.records import CASE, FIRST, OTHER, WIDTH
from sample.world.words import (
    FAMILY,
    FAMILY_EN,
    FREE_MAIL,
    GIVEN,
    GIVEN_EN,
    PROMOTED_TITLE,
    SHARED_MAILBOXES,
    TITLES,
    pair,
)  # fmt: skip

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
TITLE_WORDS = (*(entry[0] for entry in TITLES), "学生", PROMOTED_TITLE)
PROMOTED = len(TITLE_WORDS) - 1
COLLEAGUE_EVERY = 9


@dataclass(frozen=True)
class Texts:
    """Spelled-out people of a chunk, by position."""

    family: list[str]
    given: list[str]
    email: list[str]
    phone: list[str]


def spell_people(people: People, firms: Companies) -> Texts:
    """Spell names, addresses and telephone numbers; nothing here belongs to a real person."""
    family, given, email, phone = [], [], [], []
    taken: set[str] = set()
    columns = zip(
        people.number.tolist(), people.company.tolist(), people.family.tolist(),
        people.given.tolist(), people.english.tolist(), people.mail_style.tolist(),
        people.free_mail.tolist(), people.mailbox.tolist(), people.kind.tolist(), strict=True,
    )  # fmt: skip
    for number, company, last, first, english, style, free, mailbox, kind in columns:
        name = _name(last, first, english=english)
        if kind == PersonKind.STAFF_TEST:
            name = ("テスト", "太郎", "tester", "taro")
        family.append(name[0])
        given.append(name[1])
        local = _local_part(name[2], name[3], style)
        domain = firms.domain[company]
        if mailbox:
            email.append(f"{SHARED_MAILBOXES[company % len(SHARED_MAILBOXES)]}@{domain}")
        elif free or not domain:
            email.append(f"{local}.sample{number}@{FREE_MAIL[first % len(FREE_MAIL)]}")
        else:
            address = f"{local}@{domain}"
            if address in taken or company < 20:
                address = f"{local}{number}@{domain}"
            taken.add(address)
            email.append(address)
        phone.append(_phone(number, style))
    return Texts(family, given, email, phone)


def other_address(email: str, how: int, number: int) -> str:
    """Return the address a duplicate record carries."""
    if how == CASE:
        local, _, domain = email.partition("@")
        return f"{local.title()}@{domain.upper()}" if number % 2 else email.upper()
    if how == WIDTH:
        return email.translate(FULL_WIDTH) if number % 2 else f" {email} "
    if how == OTHER:
        local = email.partition("@")[0].split(".sample")[0]
        return f"{local}.sample{number}@{FREE_MAIL[number % len(FREE_MAIL)]}"
    return email


def twin_names(texts: Texts, person: Ints, number: Ints, address: Ints) -> dict[str, Column]:
    """Return names as typed: twins come swapped, spaced oddly, or with a colleague's name.

    Args:
        texts: Spelled-out people.
        person: Whose row it is.
        number: Record number; decides how a twin is typed.
        address: How a twin's address differs, ``FIRST`` for first records.
    """
    first, last = [], []
    rows = zip(person.tolist(), number.tolist(), address.tolist(), strict=True)
    for who, record, how in rows:
        given, family = texts.given[who], texts.family[who]
        if how != FIRST and record % 4 == 1:
            given, family = family, given
        elif how != FIRST and record % COLLEAGUE_EVERY == 0:
            given, family = texts.given[(who + 5) % len(texts.given)], "三田村"
        first.append(given)
        last.append(family)
    return {"first_name": text(first), "last_name": text(last)}


def full_names(named: dict[str, Column]) -> list[str]:
    """Join names the way each language does; some Japanese names hold a full-width space."""
    given, family = named["first_name"].to_pylist(), named["last_name"].to_pylist()
    names = []
    for index, (first, last) in enumerate(zip(given, family, strict=True)):
        space = "\u3000" if index % 11 == 0 else " "
        names.append(f"{first} {last}" if last.isascii() else f"{last}{space}{first}")
    return names


def company_text(rng: Rng, firms: Companies, company: Ints) -> list[str | None]:
    """Spell each person's company the way it was typed: full form, short form, foreign form."""
    how = rng.random(len(company))
    forms = firms.legal_form[company].tolist()
    result: list[str | None] = []
    for name_at, form, chance in zip(company.tolist(), forms, how.tolist(), strict=True):
        name = firms.name[name_at]
        result.append(_legal(name, form, chance) if name else None)
    return result


def official_names(firms: Companies) -> list[str]:
    """Return each company's full name."""
    forms = firms.legal_form.tolist()
    return [_legal(name, form, 0.0) for name, form in zip(firms.name, forms, strict=True)]


def titles_at(people: People, promoted: Ints, person: Ints, at: Ints) -> Ints:
    """Return the title of each person at a moment, as a position in ``TITLE_WORDS``."""
    base = people.title[person]
    return np.where((promoted[person] <= at) & (base >= 0), PROMOTED, base)


def _legal(name: str, form: int, chance: float) -> str:
    """Add the legal form; foreign names and fixed ones hold theirs."""
    if form >= 2:
        return name if chance < 0.85 else name.replace("Co., Ltd.", "Co.,Ltd")
    words = ("株式会社", "株式会社", "(株)", "㈱", "(株)", "株式会社 ")
    index = 0 if chance < 0.68 else 2 + int((chance - 0.68) / 0.32 * 4)
    typed = words[index]
    if chance > 0.97:
        return name
    return typed + name if form == 0 else name + typed.strip()


def _name(last: int, first: int, *, english: bool) -> tuple[str, str, str, str]:
    """Return family and given name as written and in Latin letters."""
    if english:
        family, given = FAMILY_EN[last % len(FAMILY_EN)], GIVEN_EN[first % len(GIVEN_EN)]
        return family, given, family.lower().replace("'", ""), given.lower()
    family, family_latin = pair(FAMILY[last % len(FAMILY)])
    given, given_latin = pair(GIVEN[first % len(GIVEN)])
    return family, given, family_latin, given_latin


def _local_part(family: str, given: str, style: int) -> str:
    """Spell the part of an address before the at sign."""
    initial = given[0]
    spelled = (
        f"{given}.{family}",
        family,
        f"{initial}.{family}",
        f"{family}.{given}",
        f"{initial}{family}",
    )
    return spelled[style]


def _phone(number: int, style: int) -> str:
    """Return a number in a range that is not given to anybody."""
    middle, last = number // 10_000 % 1_000, number % 10_000
    if style == 1:
        return f"+81 3 0{middle:03d} {last:04d}"
    if style == 4:
        return f"090-0{middle:03d}-{last:04d}"
    return f"03-0{middle:03d}-{last:04d}"
