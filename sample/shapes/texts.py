"""How people are spelled: names in every script, addresses, telephone numbers."""

from dataclasses import dataclass

from sample.world.companies import Companies
from sample.world.kana import FAMILY_KANA, GIVEN_KANA
from sample.world.kinds import PersonKind
from sample.world.people import People
from sample.world.words import (
    FAMILY,
    FAMILY_EN,
    FREE_MAIL,
    GIVEN,
    GIVEN_EN,
    SHARED_MAILBOXES,
    pair,
)  # fmt: skip

FIRST_SWITCHBOARD = 5_000_000


@dataclass(frozen=True)
class Texts:
    """Spelled-out people of a chunk, by position; names also as read and in Latin letters."""

    family: list[str]
    given: list[str]
    kana: list[tuple[str, str] | None]
    latin: list[tuple[str, str]]
    email: list[str]
    phone: list[str]


def spell_people(people: People, firms: Companies) -> Texts:
    """Spell names, addresses and telephone numbers; nothing here belongs to a real person."""
    texts = Texts([], [], [], [], [], [])
    taken: set[str] = set()
    columns = zip(
        people.number.tolist(), people.company.tolist(), people.family.tolist(),
        people.given.tolist(), people.english.tolist(), people.mail_style.tolist(),
        people.free_mail.tolist(), people.mailbox.tolist(), people.kind.tolist(),
        people.switchboard.tolist(), strict=True,
    )  # fmt: skip
    for number, company, last, first, english, style, free, mailbox, kind, office in columns:
        name = _TESTER if kind == PersonKind.STAFF_TEST else _name(last, first, english=english)
        texts.family.append(name.family)
        texts.given.append(name.given)
        texts.kana.append(name.kana)
        texts.latin.append(name.latin)
        local = _local_part(*name.latin, style)
        domain = firms.domain[company]
        if mailbox:
            mail = f"{SHARED_MAILBOXES[company % len(SHARED_MAILBOXES)]}@{domain}"
        elif free or not domain:
            mail = f"{local}.sample{number}@{FREE_MAIL[first % len(FREE_MAIL)]}"
        else:
            mail = f"{local}@{domain}"
            if mail in taken or company < 20:
                mail = f"{local}{number}@{domain}"
            taken.add(mail)
        texts.email.append(mail)
        line = FIRST_SWITCHBOARD + int(firms.number[company]) if office else number
        texts.phone.append(_phone(line, 0 if office else style))
    return texts


@dataclass(frozen=True)
class _Name:
    """One name as written, as read, and in Latin letters (family first)."""

    family: str
    given: str
    kana: tuple[str, str] | None
    latin: tuple[str, str]


_TESTER = _Name("テスト", "太郎", ("テスト", "タロウ"), ("tester", "taro"))


def _name(last: int, first: int, *, english: bool) -> _Name:
    """Spell the name behind two drawn numbers."""
    if english:
        family, given = FAMILY_EN[last % len(FAMILY_EN)], GIVEN_EN[first % len(GIVEN_EN)]
        return _Name(family, given, None, (family.lower().replace("'", ""), given.lower()))
    last, first = last % len(FAMILY), first % len(GIVEN)
    family, family_latin = pair(FAMILY[last])
    given, given_latin = pair(GIVEN[first])
    return _Name(family, given, (FAMILY_KANA[last], GIVEN_KANA[first]), (family_latin, given_latin))


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
