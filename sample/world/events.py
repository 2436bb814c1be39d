"""Webinars, seminars and fairs: who is invited, registers and comes."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import (
    DAY,
    HOUR,
    NEVER,
    Bools,
    Floats,
    Ints,
    Rng,
    happened,
    pick,
    stream,
    whole,
)  # fmt: skip
from sample.world.clock import Calendar, meeting_start
from sample.world.kinds import BUYERS, REGISTRATION
from sample.world.people import ORIGINS, People

CHANNELS = ("Webinar", "Seminar", "Event")
SUBJECTS = (
    "稟議電子化", "経費精算の効率化", "内部統制とワークフロー", "製造業DX", "セキュリティ対策",
    "ROIの出し方", "電子帳簿保存法", "はじめてのワークフロー", "ユーザー事例", "ライブデモ",
)  # fmt: skip
DAYS_BETWEEN = 13
INVITED_SHARE = 0.16
SHOW_SHARE = 0.63
ON_DEMAND_SHARE = 0.12


@dataclass(frozen=True)
class Programmes:
    """Events of the whole history and the next weeks, the same in every chunk."""

    name: list[str]
    channel: Ints
    start: Ints
    finish: Ints
    mirrored: Bools

    def __len__(self) -> int:
        """Return the number of programmes."""
        return len(self.name)


@dataclass(frozen=True)
class Participations:
    """One row per person and programme, with the moments that came."""

    person: Ints
    programme: Ints
    invited: Ints
    registered: Ints
    attended: Ints
    on_demand: Ints
    no_show: Ints
    by_form: Bools


def make_programmes(seed: int, cal: Calendar, start: int, end: int) -> Programmes:
    """Plan the events, some of them after the end of the history."""
    rng = stream(seed, "programmes")
    count = (end - start) // (DAYS_BETWEEN * DAY) + 3
    day = start + np.arange(count) * DAYS_BETWEEN * DAY + whole(rng.random(count) * 5 * DAY)
    channel = pick(rng, (0.65, 0.22, 0.13), count)
    begin = meeting_start(rng, cal, day)
    length = np.where(channel == 0, HOUR, np.where(channel == 1, 2 * HOUR, 8 * HOUR))
    subjects = rng.integers(0, len(SUBJECTS), count)
    names = []
    for index in range(count):
        month = np.datetime64(int(begin[index]) + 9 * HOUR, "s").astype("datetime64[M]")
        label = ("ウェビナー", "セミナー", "展示会")[channel[index]]
        names.append(f"{month} {label} 第{index + 1}回 {SUBJECTS[subjects[index]]}")
    return Programmes(names, channel, begin, begin + length, rng.random(count) < 0.6)


def take_part(
    rng: Rng, people: People, programmes: Programmes, volume: float, end: int
) -> Participations:
    """Draw invitations, registrations and attendance for a chunk."""
    size, count = len(people), len(programmes)
    grid = np.arange(size)[:, None], np.arange(count)[None, :]
    known = people.created[:, None] < programmes.start[None, :] - DAY
    open_to = known & (programmes.start - 25 * DAY < end)[None, :]
    invited = open_to & (rng.random((size, count)) < min(INVITED_SHARE * volume, 0.5))
    invited &= people.consent[:, None] != 2
    eager = _eagerness(people, programmes)
    registers = open_to & (rng.random((size, count)) < eager)
    _first_event(people, programmes, registers)
    person, programme = (np.broadcast_to(part, (size, count))[invited | registers] for part in grid)
    return _moments(rng, people, programmes, person, programme, (invited, registers), end)


def _eagerness(people: People, programmes: Programmes) -> Floats:
    """Return the chance to register, higher for buyers within their project."""
    base = REGISTRATION[people.kind] * np.minimum(people.energy, 2.5)
    start = programmes.start[None, :]
    busy = (start > people.window_start[:, None]) & (start < people.window_end[:, None])
    buying = np.isin(people.kind, BUYERS)[:, None]
    return np.asarray(base[:, None] * np.where(buying & busy, 2.5, 1.0))


def _first_event(people: People, programmes: Programmes, registers: Bools) -> None:
    """Register those who came by an event for the next one after their arrival."""
    arrivals = np.flatnonzero(people.origin == ORIGINS.index("event"))
    following = np.searchsorted(programmes.start, people.created[arrivals] + DAY)
    there = following < registers.shape[1]
    registers[arrivals[there], following[there]] = True


def _moments(
    rng: Rng, people: People, programmes: Programmes, person: Ints, programme: Ints,
    grids: tuple[Bools, Bools], end: int,
) -> Participations:  # fmt: skip
    """Date every step; steps after the end of the history have not happened."""
    size = len(person)
    invited_grid, registers_grid = grids
    start, created = programmes.start[programme], people.created[person]
    invited = np.maximum(start - 21 * DAY - start % DAY + 2 * HOUR, created + HOUR)
    invited = np.where(invited_grid[person, programme], invited, NEVER)
    earliest = np.where(happened(invited), invited, np.maximum(created, start - 20 * DAY))
    room = np.maximum(start - HOUR - earliest, 60)
    registered = earliest + 30 + whole(room * rng.beta(1.2, 2.0, size))
    registered = np.where(registers_grid[person, programme], registered, NEVER)
    past = happened(registered) & (programmes.finish[programme] < end)
    shows = past & (rng.random(size) < SHOW_SHARE)
    later = past & ~shows & (rng.random(size) < ON_DEMAND_SHARE)
    finish = programmes.finish[programme]
    record = finish + rng.integers(600, 2 * HOUR, size)
    on_demand = finish + DAY + whole(rng.random(size) * 5 * DAY)

    def when(mark: Bools, at: Ints) -> Ints:
        return np.where(mark & (at < end), at, NEVER)

    return Participations(
        person=person,
        programme=programme,
        invited=when(happened(invited), invited),
        registered=when(happened(registered), registered),
        attended=when(shows, start + rng.integers(0, 600, size)),
        on_demand=when(later, on_demand),
        no_show=when(past & ~shows & ~later, record),
        by_form=rng.random(size) < 0.75,
    )
