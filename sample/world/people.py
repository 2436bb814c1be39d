"""People: who they are, where they work, and what they hide."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import DAY, NEVER, Bools, Floats, Ints, Rng, happened, pick, whole
from sample.world.clock import Calendar, browsing_time
from sample.world.companies import FIRST_ORDINARY, FIXED, NO_COMPANY, Companies
from sample.world.kinds import BUYERS, NEED_SHAPE, CompanyKind, PersonKind
from sample.world.words import COMPETITORS, LEVEL_SHARES, TITLES, UNIVERSITIES

GROUP_SHARES = (0.90, 0.025, 0.03, 0.04, 0.005)  # business, competitor, student, job seeker, staff
PEOPLE_PER_COMPANY = 3.3
ROLE_BY_LEVEL = np.array(
    [
        [0.85, 0.08, 0.05, 0.02],
        [0.60, 0.25, 0.10, 0.05],
        [0.15, 0.50, 0.25, 0.10],
        [0.03, 0.15, 0.50, 0.32],
    ]
)
MONTHS = (1, 3, 6, 12, 99)
MONTHS_READY = (0.20, 0.36, 0.28, 0.11, 0.05)
MONTHS_OTHER = (0.01, 0.02, 0.07, 0.20, 0.70)
STUDENT_TITLE = len(TITLES)
SHARED_MAILBOX_COMPANIES = 0.03
HOURS_BEFORE_END = 6 * 3_600
ORIGINS = ("web", "event", "list", "card")
ORIGIN_SHARES = (0.62, 0.14, 0.14, 0.10)


@dataclass(frozen=True)
class People:
    """People of one chunk.

    Attributes:
        number: Number unique in the whole organisation.
        company: Position in the chunk's companies.
        kind: Hidden kind of person.
        family, given, english: Name.
        title: Position in the list of titles, -1 unknown; level: 0 executive .. 3 staff.
        mail_style: How the address is spelled; free_mail and mailbox mark the odd ones.
        need, months, role, ready_at: Hidden need, months to a decision, part in it, when ready.
        window_start, window_end: The span of the person's project, NEVER if none.
        created: First contact with the organisation.
        origin: Position in ``ORIGINS``.
        energy: Personal multiplier of all behaviour.
        proxy: Mail client that fetches every image at once.
        consent: 0 unknown, 1 given, 2 refused.
        switchboard: Tells the telephone of the office, which colleagues tell too.
    """

    number: Ints
    company: Ints
    kind: Ints
    family: Ints
    given: Ints
    english: Bools
    title: Ints
    level: Ints
    mail_style: Ints
    free_mail: Bools
    mailbox: Bools
    need: Floats
    months: Ints
    role: Ints
    ready_at: Ints
    window_start: Ints
    window_end: Ints
    created: Ints
    origin: Ints
    energy: Floats
    proxy: Bools
    consent: Ints
    switchboard: Bools

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.number)


def place_people(rng: Rng, size: int) -> tuple[Ints, Ints, int]:
    """Draw group and company of each person, and the number of ordinary companies needed."""
    group = pick(rng, GROUP_SHARES, size)
    business = int((group == 0).sum())
    sizes = rng.geometric(1 / PEOPLE_PER_COMPANY, business)
    home = np.repeat(np.arange(business), sizes)[:business]
    company = np.full(size, NO_COMPANY, dtype=np.int64)
    company[group == 0] = FIRST_ORDINARY + rng.permutation(home)
    rivals = group == 1
    company[rivals] = 1 + rng.integers(0, len(COMPETITORS), rivals.sum())
    students = (group == 2) & (rng.random(size) < 0.6)
    company[students] = (
        FIXED - len(UNIVERSITIES) + rng.integers(0, len(UNIVERSITIES), students.sum())
    )
    company[group == 4] = 0
    return group, company, int(home[-1]) + 1


def make_people(
    rng: Rng, cal: Calendar, first: int, placed: tuple[Ints, Ints], firms: Companies, span: Ints
) -> People:
    """Make the people of a chunk inside their companies; span is (start, end) in seconds."""
    group, company = placed
    size = len(group)
    kind = _kinds(rng, group, company, firms)
    level = pick(rng, LEVEL_SHARES, size)
    window_start, ready_at, months = _projects(rng, kind, company, firms, span)
    free_mail = np.isin(kind, (PersonKind.STUDENT, PersonKind.JOB_SEEKER)) & (company >= NO_COMPANY)
    free_mail |= (rng.random(size) < 0.04) & (kind != PersonKind.STAFF_TEST)
    shape = NEED_SHAPE[kind]
    drawn = rng.beta(shape[:, 0], shape[:, 1])
    strong = np.isin(kind, (PersonKind.BUYER, PersonKind.QUIET_BUYER))
    window_end = np.where(
        happened(window_start), ready_at + np.minimum(months, 12) * 30 * DAY, NEVER
    )
    return People(
        number=first + np.arange(size),
        company=company,
        kind=kind,
        family=rng.integers(0, 1 << 20, size),
        given=rng.integers(0, 1 << 20, size),
        english=rng.random(size) < np.where(firms.legal_form[company] == 2, 0.6, 0.03),
        title=_titles(rng, level, kind),
        level=level,
        mail_style=pick(rng, (0.45, 0.2, 0.15, 0.1, 0.1), size),
        free_mail=free_mail,
        mailbox=_mailboxes(rng, company, len(firms.number)) & ~free_mail,
        need=np.where(strong, 0.5 * drawn + 0.5 * firms.project_need[company], drawn),
        months=months,
        role=_roles(rng, level),
        ready_at=ready_at,
        window_start=window_start,
        window_end=window_end,
        created=_arrivals(rng, cal, window_start, span),
        origin=pick(rng, ORIGIN_SHARES, size),
        energy=np.exp(rng.normal(-0.4, 0.9, size)),
        proxy=rng.random(size) < 0.12,
        consent=pick(rng, (0.35, 0.60, 0.05), size),
        switchboard=np.zeros(size, dtype=np.bool_),
    )


def _kinds(rng: Rng, group: Ints, company: Ints, firms: Companies) -> Ints:
    """Draw the hidden kind of each person from group, company and chance."""
    size = len(group)
    chance, involved = rng.random(size), rng.random(size) < 0.85
    prospect = np.where(
        chance < 0.15, PersonKind.LIGHT_BUYER, np.where(chance < 0.245, PersonKind.BROWSER, 0)
    )
    buyer = np.where(rng.random(size) < 0.28, PersonKind.QUIET_BUYER, PersonKind.BUYER)
    project = happened(firms.project_start)[company] & involved
    kind = np.where(project, buyer, prospect)
    firm = firms.kind[company]
    kind = np.where(firm == CompanyKind.CUSTOMER, PersonKind.CUSTOMER, kind)
    kind = np.where(firm == CompanyKind.PARTNER, PersonKind.PARTNER, kind)
    odd = np.array(
        [0, PersonKind.COMPETITOR, PersonKind.STUDENT, PersonKind.JOB_SEEKER, PersonKind.STAFF_TEST]
    )
    return np.where(group > 0, odd[group], kind).astype(np.int64)


def _projects(
    rng: Rng, kind: Ints, company: Ints, firms: Companies, span: Ints
) -> tuple[Ints, Ints, Ints]:
    """Draw when a project begins for a person, when the person is ready, and how soon they buy."""
    size = len(kind)
    own = span[0] + whole(rng.random(size) * (span[1] - span[0]))
    begin = np.where(kind == PersonKind.LIGHT_BUYER, own, firms.project_start[company])
    buying = np.isin(kind, BUYERS)
    begin = np.where(buying, begin, NEVER)
    ready = np.where(buying, begin + whole(rng.gamma(2.0, 28.0, size) * DAY), NEVER)
    soon, later = pick(rng, MONTHS_READY, size), pick(rng, MONTHS_OTHER, size)
    months = np.asarray(MONTHS)[np.where(buying, soon, later)]
    return begin, ready, months.astype(np.int64)


def _titles(rng: Rng, level: Ints, kind: Ints) -> Ints:
    """Draw a title of the person's level; some never say."""
    title = np.full(len(level), -1, dtype=np.int64)
    for rank in range(len(LEVEL_SHARES)):
        options = np.array([i for i, entry in enumerate(TITLES) if entry[1] == rank])
        weights = [TITLES[i][2] for i in options]
        here = level == rank
        title[here] = options[pick(rng, weights, int(here.sum()))]
    student = kind == PersonKind.STUDENT
    silent = (rng.random(len(level)) < 0.12) | (kind == PersonKind.JOB_SEEKER)
    title[silent | student] = -1
    title[student & (rng.random(len(level)) < 0.6)] = STUDENT_TITLE
    return title


def _mailboxes(rng: Rng, company: Ints, companies: int) -> Bools:
    """Mark people who write from the one mailbox their office shares."""
    shares = rng.random(companies) < SHARED_MAILBOX_COMPANIES
    shares[:FIRST_ORDINARY] = False
    return shares[company] & (rng.random(len(company)) < 0.55)


def _roles(rng: Rng, level: Ints) -> Ints:
    """Draw the true part in a decision: 0 decides, 1 recommends, 2 handles, 3 only gathers."""
    role = np.zeros(len(level), dtype=np.int64)
    for rank, weights in enumerate(ROLE_BY_LEVEL):
        here = level == rank
        role[here] = pick(rng, weights, int(here.sum()))
    return role


def _arrivals(rng: Rng, cal: Calendar, window_start: Ints, span: Ints) -> Ints:
    """Draw first contacts: growing over the years, buyers mostly around their project."""
    size = len(window_start)
    start, end = int(span[0]), int(span[1])
    anywhere = start + whole(rng.random(size) ** 0.85 * (end - start - DAY))
    near = window_start + whole(rng.exponential(25.0, size) * DAY)
    early = rng.random(size) < 0.3
    near = np.where(early, near - whole(rng.random(size) * 300 * DAY), near)
    at = np.where(happened(window_start), near, anywhere)
    at = np.where((at < start) | (at > end - DAY), anywhere, at)
    moved = browsing_time(rng, cal, at)
    return np.where(moved < end - HOURS_BEFORE_END, moved, at)
