"""What is typed into a record: addresses, names, companies and telephones, each in many ways."""

import numpy as np

from sample.shapes.texts import Texts
from sample.store.arrow import Column, text, words
from sample.world.arrays import Bools, Ints, Rng
from sample.world.companies import FIRST_ORDINARY, Companies
from sample.world.kana import OLDER_KANJI
from sample.world.noise import AS_IS, KANA, LATIN, OLDER, SWAPPED
from sample.world.people import People
from sample.world.records import CASE, FIRST, OTHER, TYPO, WIDTH, WORK
from sample.world.words import FREE_MAIL, PROMOTED_TITLE, TITLES, WORK_DEPARTMENTS

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
TITLE_WORDS = (*(entry[0] for entry in TITLES), "学生", PROMOTED_TITLE)
PROMOTED = len(TITLE_WORDS) - 1
COLLEAGUE_EVERY = 9


def other_address(email: str, how: int, number: int) -> str:
    """Return the address a record carries that is not the person's own.

    Args:
        email: The person's own address.
        how: In which way the two differ.
        number: Decides between variants, and tells private addresses apart.
    """
    local, _, domain = email.partition("@")
    if how == CASE:
        return f"{local.title()}@{domain.upper()}" if number % 2 else email.upper()
    if how == WIDTH:
        return email.translate(FULL_WIDTH) if number % 2 else f" {email} "
    if how == OTHER:
        bare = local.split(".sample")[0]
        return f"{bare}.sample{number}@{FREE_MAIL[number % len(FREE_MAIL)]}"
    if how == TYPO:
        if number % 2 and domain.endswith(".example"):
            return f"{local}@{domain[:2]}{domain[1:]}"
        return f"{local[:2]}{local[1:]}@{domain}"
    if how == WORK:
        return f"{local}.hq@{domain}" if number % 2 else f"{local}@mail.{domain}"
    return email


def typed_names(
    texts: Texts, person: Ints, number: Ints, address: Ints, written: Ints
) -> dict[str, Column]:
    """Return names as typed: twins come swapped, spaced oddly, or with a colleague's name.

    Args:
        texts: Spelled-out people.
        person: Whose row it is.
        number: Record number; decides how a twin is typed.
        address: How a twin's address differs, ``FIRST`` for first records.
        written: How the name of a person known apart is written.
    """
    first, last = [], []
    rows = zip(person.tolist(), number.tolist(), address.tolist(), written.tolist(), strict=True)
    for who, record, how, style in rows:
        given, family = _written(texts, who, style)
        if how != FIRST and style == AS_IS and record % 4 == 1:
            given, family = family, given
        elif how != FIRST and style == AS_IS and record % COLLEAGUE_EVERY == 0:
            given, family = texts.given[(who + 5) % len(texts.given)], "三田村"
        first.append(given)
        last.append(family)
    return {"first_name": text(first), "last_name": text(last)}


def _written(texts: Texts, who: int, style: int) -> tuple[str, str]:
    """Return given and family name in another script or order."""
    given, family, kana = texts.given[who], texts.family[who], texts.kana[who]
    if style == SWAPPED:
        return family, given
    if style == LATIN:
        return texts.latin[who][1].title(), texts.latin[who][0].title()
    if style == KANA and kana is not None:
        return kana[1], kana[0]
    if style == OLDER:
        return given.translate(OLDER_KANJI), family.translate(OLDER_KANJI)
    return given, family


def readings(texts: Texts, person: Ints, shown: Bools) -> tuple[Column, Column]:
    """Return how given and family names are read, where shown and where a name has a reading."""
    pairs = [
        texts.kana[who] if show else None
        for who, show in zip(person.tolist(), shown.tolist(), strict=True)
    ]
    return text([kana and kana[1] for kana in pairs]), text([kana and kana[0] for kana in pairs])


def telephones(texts: Texts, person: Ints, shown: Bools, style: Ints) -> Column:
    """Return telephone numbers where shown; some are typed without hyphens or in full width."""
    result: list[str | None] = []
    rows = zip(person.tolist(), shown.tolist(), style.tolist(), strict=True)
    for who, show, how in rows:
        number = texts.phone[who] if show else None
        if number and how == 1:
            number = number.replace("-", "").replace(" ", "")
        elif number and how == 2:
            number = number.translate(FULL_WIDTH)
        result.append(number)
    return text(result)


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


def departments(people: People, person: Ints, shown: Bools) -> Column:
    """Return where in their company people work, where shown."""
    code = people.number[person] * 7 % len(WORK_DEPARTMENTS)
    at_work = shown & (people.company[person] >= FIRST_ORDINARY)
    return words(WORK_DEPARTMENTS, np.where(at_work, code, -1))


def _legal(name: str, form: int, chance: float) -> str:
    """Add the legal form; foreign names and fixed ones hold theirs."""
    if form >= 2:
        return name if chance < 0.85 else name.replace("Co., Ltd.", "Co.,Ltd")
    forms = ("株式会社", "株式会社", "(株)", "㈱", "(株)", "株式会社 ")
    index = 0 if chance < 0.68 else 2 + int((chance - 0.68) / 0.32 * 4)
    typed = forms[index]
    if chance > 0.97:
        return name
    return typed + name if form == 0 else name + typed.strip()
