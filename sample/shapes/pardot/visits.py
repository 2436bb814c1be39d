"""Pardot visitors and page views: browsers, most of which turn out to be a prospect's."""

from dataclasses import dataclass

import numpy as np

from sample.shapes.desk import ID_ROOM
from sample.shapes.pardot.shared import FIRST_VISITOR, VISITOR_ROOM, Org
from sample.shapes.site_log import ADDRESSES, HOST, spellings, variants
from sample.shapes.versions import earlier
from sample.store.arrow import flags, integers, same, times, words
from sample.world.arrays import DAY, HOUR, Bools, Ints, Rng, happened, whole
from sample.world.site import PAGES

FIRST_VIEW = 2_000_000_001
FIRST_VISIT = 9_000_000_001
LONGEST_PAUSE = HOUR // 2  # between two views of one visit
SECOND_BROWSER = 0.3
READ_BEFORE = 0.2  # people who read something before they said who they are
STRANGERS = 0.3  # browsers nobody is known of, per person
MOST_BEFORE = 3


@dataclass(frozen=True)
class Log:
    """Page views in order of browser and time; the person of a stranger is -1.

    ``visitor``, ``visit`` and ``view`` are positions within the chunk.
    """

    person: Ints
    at: Ints
    page: Ints
    by_mail: Bools
    visitor: Ints
    visit: Ints
    view: Ints

    def visitor_ids(self, org: Org) -> Ints:
        """Return the id of the browser of each view."""
        return visitor_ids(org, self.visitor)


def visitor_ids(org: Org, visitor: Ints) -> Ints:
    """Return the ids of browsers."""
    return FIRST_VISITOR + org.desk.world.chunk * VISITOR_ROOM + visitor


def visit_ids(org: Org, visit: Ints) -> Ints:
    """Return the ids of visits."""
    return FIRST_VISIT + org.desk.world.chunk * ID_ROOM + visit


def log_visits(org: Org) -> Log:
    """Gather the views of prospects, those before they were known, and those of strangers."""
    views, people = org.desk.world.views, org.desk.world.people
    rng, size = org.desk.rng("pardot visits"), len(people)
    seen = org.saw(views.person, views.at)
    person, at, page = views.person[seen], views.at[seen], views.page[seen]
    second = rng.random(size) < SECOND_BROWSER
    other = second[person] & ((at // DAY + person) % 3 == 0)
    before, before_at, before_page = _before(rng, org)
    strangers = round(STRANGERS * size)
    count = rng.integers(1, 5, strangers)
    stranger = np.repeat(np.arange(strangers), count)
    begin = org.desk.frame.spec.start_seconds
    came = begin + whole(rng.random(strangers) * (org.desk.end - begin - HOUR))
    passing_at = came[stranger] + rng.integers(0, HOUR, len(stranger))
    everybody = np.concatenate([person, before, np.full(len(stranger), -1)])
    return _in_visits(
        everybody,
        np.concatenate([at, before_at, passing_at]),
        np.concatenate([page, before_page, rng.integers(0, len(PAGES), len(stranger))]),
        np.r_[views.mail_run[seen] >= 0, np.zeros(len(before) + len(stranger), dtype=np.bool_)],
        np.concatenate([2 * person + other, 2 * before, 2 * size + stranger]),
    )


def _before(rng: Rng, org: Org) -> tuple[Ints, Ints, Ints]:
    """Return views of people who were not known yet: who, when, what."""
    made = org.tracking.made
    known = happened(made) & (org.tracking.since == made)
    known &= made == org.desk.world.records.ma
    count = np.where(known & (rng.random(len(made)) < READ_BEFORE),
                     rng.integers(1, MOST_BEFORE + 1, len(made)), 0)  # fmt: skip
    person = np.repeat(np.arange(len(made)), count)
    at = made[person] - 600 - whole(rng.random(len(person)) * 20 * DAY)
    return person, at, rng.integers(0, len(PAGES), len(person))


def _in_visits(person: Ints, at: Ints, page: Ints, by_mail: Bools, visitor: Ints) -> Log:
    """Put views in order and cut them into visits where somebody paused."""
    order = np.lexsort((page, at, visitor))
    person, at, page, visitor = (x[order] for x in (person, at, page, visitor))
    size = len(at)
    starts = np.ones(size, dtype=np.bool_)
    if size:
        starts[1:] = (visitor[1:] != visitor[:-1]) | (at[1:] - at[:-1] > LONGEST_PAUSE)
    visit = np.cumsum(starts) - 1
    return Log(person, at, page, by_mail[order], visitor, visit, np.arange(size))


def write_visits(org: Org, log: Log) -> None:
    """Write visitor and visitor_page_view."""
    _write_views(org, log)
    _write_visitors(org, log)


def _write_views(org: Org, log: Log) -> None:
    """Write page views; whose they are only their browser tells."""
    rng = org.desk.rng("pardot urls")
    _, urls, _ = spellings("utm_source=list-email&utm_medium=email")
    code = variants(rng, log.page, log.by_mail)
    titles = [f"{page.path.strip('/') or 'home'} | くもはし" for page in PAGES]
    columns = {
        "id": integers(org.numbers(FIRST_VIEW, len(log.at))),
        "url": words(urls, code),
        "title": words(titles, log.page),
        "visitor_id": integers(log.visitor_ids(org)),
        "visit_id": integers(visit_ids(org, log.visit)),
        "duration_in_seconds": integers(whole(rng.exponential(40.0, len(log.at)))),
        "created_at": times(log.at),
    }
    org.desk.put(("pardot", "visitor_page_view"), columns, log.at, time="created_at")


def _write_visitors(org: Org, log: Log) -> None:
    """Write browsers: first nobody's, then a prospect's in a newer version of the row."""
    first = np.flatnonzero(np.r_[True, log.visitor[1:] != log.visitor[:-1]])
    last = np.r_[first[1:], len(log.at)] - 1
    person, created = log.person[first], log.at[first]
    made = org.tracking.made[np.maximum(person, 0)]
    told = np.where(person >= 0, np.maximum(made, created) + 30, created)
    changed = np.minimum(np.maximum(told, log.at[last]), org.desk.end - 1)
    rng = org.desk.rng("pardot visitors")
    stranger = np.flatnonzero((person >= 0) & (told > created + HOUR))
    fresh = earlier(rng, created, changed, org.desk.end)
    early = np.unique(np.concatenate([stranger, fresh]))
    row = np.concatenate([early, np.arange(len(first))])
    is_first = np.arange(len(row)) < len(early)
    at = np.where(is_first, created[row], changed[row])
    shown = (person[row] >= 0) & (told[row] <= at + 60) & ~is_first
    views = np.where(is_first, 1, (last - first + 1)[row])
    who = np.maximum(person[row], 0)
    columns = {
        "id": integers(visitor_ids(org, log.visitor[first][row])),
        "prospect_id": integers(org.tracking.book.first[who], shown),
        "page_view_count": integers(views),
        "ip_address": words(ADDRESSES, log.visitor[first][row] * 31 % len(ADDRESSES)),
        "hostname": same(f"gw.{HOST.removeprefix('www.')}", len(row)),
        "source_parameter": words(["google", ""], log.visitor[first][row] % 3 - 1),
        "medium_parameter": words(["cpc", ""], log.visitor[first][row] % 3 - 1),
        "campaign_parameter": same(None, len(row)),
        "content_parameter": same(None, len(row)),
        "term_parameter": same(None, len(row)),
        "created_at": times(created[row]),
        "updated_at": times(at),
        "_fivetran_deleted": flags(np.zeros(len(row), dtype=np.bool_)),
    }
    org.desk.put(("pardot", "visitor"), columns, at, time="created_at")
