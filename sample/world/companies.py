"""Companies: name, domain, trade, size, and the project some of them have."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import DAY, NEVER, Bools, Floats, Ints, Rng, never, pick, whole
from sample.world.kinds import CompanyKind
from sample.world.words import (
    COMPETITORS,
    INDUSTRIES,
    MIDDLES,
    OWN_DOMAIN,
    OWN_NAME,
    PREFIXES,
    UNIVERSITIES,
    pair,
)

KIND_SHARES = (0.895, 0.080, 0.025)
PROJECT_SHARE = 0.30
FOREIGN_SHARE = 0.05
SCANNER_SHARE = 0.06
INDUSTRY_WEIGHTS = (20, 22, 14, 6, 8, 7, 6, 8, 3, 3, 2, 1)
SOFTWARE = 1  # position of the software trade in the list of industries
STEP = 7_919  # a prime that shares no factor with the number of name combinations
FIXED = 1 + len(COMPETITORS) + len(UNIVERSITIES)
NO_COMPANY = FIXED
FIRST_ORDINARY = FIXED + 1


@dataclass(frozen=True)
class Companies:
    """Companies of one chunk; the first ones are the same in every chunk.

    Attributes:
        number: Number unique in the whole organisation.
        name: Name without its legal form.
        domain: E-mail and web domain.
        legal_form: 0 form before the name, 1 after, 2 foreign (name holds it), 3 none.
        industry: Position in the list of industries.
        employees: Head count.
        kind: What the company is to us.
        scanner: Its mail gateway follows every link.
        project_start: When a buying project begins, NEVER if none.
        project_need: Strength of the need behind the project.
        budget: Yen set aside for the project.
        funded: The budget is approved.
        customer_since: When it signed, NEVER if it is no old customer.
    """

    number: Ints
    name: list[str]
    domain: list[str]
    legal_form: Ints
    industry: Ints
    employees: Ints
    kind: Ints
    scanner: Bools
    project_start: Ints
    project_need: Floats
    budget: Ints
    funded: Bools
    customer_since: Ints


def make_companies(rng: Rng, base: int, size: int, start: int, end: int) -> Companies:
    """Make the fixed companies and ``size`` ordinary ones, numbered from ``base`` on."""
    total = FIRST_ORDINARY + size
    kind = _kinds(rng, size)
    industry = pick(rng, INDUSTRY_WEIGHTS, total)
    industry[:FIRST_ORDINARY] = SOFTWARE
    employees = whole(np.clip(np.exp(rng.normal(5.0, 1.5, total)), 2, 90_000))
    project = (kind == CompanyKind.PROSPECT) & (rng.random(total) < PROJECT_SHARE)
    begin = start - 30 * DAY + whole(rng.random(total) * (end - start + 10 * DAY))
    budget = whole(np.exp(rng.normal(0.0, 0.6, total)) * 30_000 * employees**0.75) // 100_000
    since = start - 500 * DAY + whole(rng.random(total) ** 1.5 * (end - start + 300 * DAY))
    ordinary = np.arange(FIRST_ORDINARY, total)
    number = np.concatenate([np.arange(FIRST_ORDINARY), base + ordinary])
    foreign = rng.random(total) < FOREIGN_SHARE
    names, domains = _spell(number[FIRST_ORDINARY:], industry[ordinary], foreign[ordinary])
    fixed_names, fixed_domains, fixed_forms = _fixed()
    legal_form = np.where(foreign, 2, (rng.random(total) < 0.42).astype(np.int64))
    legal_form[:FIRST_ORDINARY] = fixed_forms
    return Companies(
        number=number,
        name=fixed_names + names,
        domain=fixed_domains + domains,
        legal_form=legal_form,
        industry=industry,
        employees=employees,
        kind=kind,
        scanner=(rng.random(total) < SCANNER_SHARE) & (np.arange(total) >= FIRST_ORDINARY),
        project_start=np.where(project, begin, NEVER),
        project_need=rng.beta(6, 2.5, total),
        budget=np.maximum(budget, 3) * 100_000,
        funded=rng.random(total) < 0.6,
        customer_since=np.where(kind == CompanyKind.CUSTOMER, since, never(total)),
    )


def corporate_numbers(number: Ints) -> list[str]:
    """Return the 13-digit corporate number of each company, in a range given to nobody.

    The first digit checks the other twelve: 9 less the remainder by 9 of their sum, every other
    digit taken twice from the second last on (ordinance on the designation of corporate numbers).
    """
    base = 999_900_000_000 + number % 100_000_000
    digits = base[:, None] // 10 ** np.arange(12)[None, :] % 10
    weighted = (digits * np.where(np.arange(12) % 2 == 0, 1, 2)).sum(axis=1)
    check = 9 - weighted % 9
    return [
        f"{first}{rest:012d}" for first, rest in zip(check.tolist(), base.tolist(), strict=True)
    ]


def _kinds(rng: Rng, size: int) -> Ints:
    """Return the kind of each company, the fixed ones first."""
    fixed = np.array(
        [CompanyKind.OWN]
        + [CompanyKind.COMPETITOR] * len(COMPETITORS)
        + [CompanyKind.UNIVERSITY] * len(UNIVERSITIES)
        + [CompanyKind.NONE]
    )
    return np.concatenate([fixed, pick(rng, KIND_SHARES, size)]).astype(np.int64)


def _fixed() -> tuple[list[str], list[str], Ints]:
    """Return names, domains and legal forms of the companies every chunk has."""
    names = [OWN_NAME, *(c[0] for c in COMPETITORS), *(u[0] for u in UNIVERSITIES), ""]
    domains = [OWN_DOMAIN, *(c[1] for c in COMPETITORS), *(u[1] for u in UNIVERSITIES), ""]
    return names, domains, np.full(FIRST_ORDINARY, 3, dtype=np.int64)


def _spell(number: Ints, industry: Ints, foreign: Bools) -> tuple[list[str], list[str]]:
    """Spell names and domains so that no two companies share either."""
    prefixes = [pair(entry) for entry in PREFIXES]
    middles = [pair(entry) for entry in MIDDLES]
    suffixes = [[pair(entry) for entry in words] for _, _, words in INDUSTRIES]
    combinations = len(prefixes) * len(middles)
    names, domains = [], []
    for serial, trade, abroad in zip(number.tolist(), industry.tolist(), foreign, strict=True):
        mixed = serial * STEP % combinations
        prefix, middle = prefixes[mixed % len(prefixes)], middles[mixed // len(prefixes)]
        turn = serial // combinations
        suffix = suffixes[trade][(turn + mixed) % len(suffixes[trade])]
        again = turn // len(suffixes[trade])
        latin = "-".join(part for part in (prefix[1], middle[1], suffix[1]) if part)
        repeat = f"{again + 1}" if again else ""
        domains.append(f"{latin}{repeat}.example")
        if abroad:
            names.append(f"{latin.replace('-', ' ').title()}{' ' * bool(again)}{repeat} Co., Ltd.")
        else:
            names.append(prefix[0] + middle[0].strip() + suffix[0] + repeat)
    return names, domains
