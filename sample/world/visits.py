"""Visits to the web site: when people come and what they read."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import DAY, Bools, Floats, Ints, Rng, pick, pick_rows, whole
from sample.world.clock import Calendar, browsing_time
from sample.world.kinds import ACTIVE_BUYER_ROW, BUYERS, PAGE_VOLUME, PAGE_WEIGHTS, PersonKind
from sample.world.people import People
from sample.world.site import PAGES

PAGES_PER_VISIT = 4.0
VISITS_IN_PROJECT = 0.65
MOST_VISITS_OF_QUIET_BUYERS = 2


@dataclass(frozen=True)
class Views:
    """Page views: who, when, which page, and whether a mail led there (run number or -1)."""

    person: Ints
    at: Ints
    page: Ints
    mail_run: Ints

    @staticmethod
    def join(parts: "list[Views]") -> "Views":
        """Return all parts as one, in order of person and time."""
        person = np.concatenate([part.person for part in parts])
        at = np.concatenate([part.at for part in parts])
        page = np.concatenate([part.page for part in parts])
        run = np.concatenate([part.mail_run for part in parts])
        order = np.lexsort((page, at, person))
        return Views(person[order], at[order], page[order], run[order])

    def where(self, keep: Bools) -> "Views":
        """Return the views marked to be kept."""
        return Views(self.person[keep], self.at[keep], self.page[keep], self.mail_run[keep])


def browse(rng: Rng, cal: Calendar, people: People, views_per_person: float, end: int) -> Views:
    """Make the visits people pay of their own accord."""
    volume = PAGE_VOLUME[people.kind] * people.energy
    volume *= views_per_person / PAGES_PER_VISIT / max(float(volume.mean()), 1e-9)
    visits = rng.poisson(volume)
    quiet = people.kind == PersonKind.QUIET_BUYER
    visits[quiet] = np.minimum(visits[quiet], MOST_VISITS_OF_QUIET_BUYERS)
    person = np.repeat(np.arange(len(people)), visits)
    at, active = visit_times(rng, cal, people, person, end)
    return read(rng, people, person, at, active)


def visit_times(
    rng: Rng, cal: Calendar, people: People, person: Ints, end: int
) -> tuple[Ints, Bools]:
    """Draw moments over each person's life, buyers mostly within their project."""
    size = len(person)
    created = people.created[person]
    from_project = np.maximum(people.window_start[person], created)
    until = np.minimum(people.window_end[person], end)
    buying = np.isin(people.kind[person], BUYERS) & (until > from_project)
    active = buying & (rng.random(size) < VISITS_IN_PROJECT)
    life = created + whole((end - created) * rng.beta(0.6, 1.7, size))
    project = from_project + whole((until - from_project) * rng.beta(1.6, 1.6, size))
    at = browsing_time(rng, cal, np.where(active, project, life))
    at = np.where(at < created, created + rng.integers(60, 2 * DAY, size), at)
    return at, active


def read(rng: Rng, people: People, person: Ints, at: Ints, active: Bools) -> Views:
    """Turn visits into page views, a minute or so apart."""
    pages = rng.geometric(1 / PAGES_PER_VISIT, len(person))
    total = int(pages.sum())
    first = np.cumsum(pages) - pages
    gaps = 3 + whole(rng.exponential(55.0, total))
    running = np.cumsum(gaps)
    offset = running - np.repeat(running[first], pages) if total else running
    row = np.where(active, ACTIVE_BUYER_ROW, people.kind[person])
    category = pick_rows(rng, PAGE_WEIGHTS, np.repeat(row, pages))
    return Views(
        person=np.repeat(person, pages),
        at=np.repeat(at, pages) + offset,
        page=pages_of(rng, category),
        mail_run=np.full(total, -1, dtype=np.int64),
    )


def pages_of(rng: Rng, category: Ints) -> Ints:
    """Draw a page of each category."""
    page = np.zeros(len(category), dtype=np.int64)
    for value in range(PAGE_WEIGHTS.shape[1]):
        options = np.array([i for i, entry in enumerate(PAGES) if entry.category == value])
        weights: Floats = np.array([PAGES[i].weight for i in options])
        here = category == value
        page[here] = options[pick(rng, weights, int(here.sum()))]
    return page
