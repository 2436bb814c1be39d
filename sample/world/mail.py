"""What happens to mails: sent, delivered or bounced, opened, clicked, unsubscribed."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import (
    DAY,
    HOUR,
    NEVER,
    Bools,
    Ints,
    Rng,
    first_per,
    happened,
    whole,
)  # fmt: skip
from sample.world.campaigns import LINKS, STEP_DAYS, Runs
from sample.world.companies import Companies
from sample.world.forms import Fills
from sample.world.kinds import BUYERS, CLICKING, OPENING, FormKind
from sample.world.people import ORIGINS, People

HARD_BOUNCE_SHARE = 0.02
SOFT_BOUNCE_SHARE = 0.008
UNSUBSCRIBERS = 0.12  # of people who get every run
STEP_MAIL_SHARE = 0.5
PROXY_OPEN_SHARE = 0.92


@dataclass(frozen=True)
class MailLog:
    """Mails of a chunk; opens and clicks point to the send they belong to.

    ``run`` is the mail run, or beyond the runs for step mails; ``template`` is the mail's name.
    """

    person: Ints
    at: Ints
    run: Ints
    template: Ints
    delivered: Ints
    bounced: Ints
    unsubscribed: Ints
    open_send: Ints
    open_at: Ints
    open_machine: Bools
    click_send: Ints
    click_at: Ints
    click_page: Ints
    click_machine: Bools
    opted_out: Ints


def send_mails(
    rng: Rng, people: People, firms: Companies, runs: Runs, fills: Fills, end: int
) -> MailLog:
    """Send every run and step mail to a chunk and draw what comes back."""
    person, at, run, template = _addressed(rng, people, firms, runs, fills, end)
    size = len(person)
    dead_from = _dead_addresses(rng, people)
    hard = at >= dead_from[person]
    before = np.zeros(size, dtype=np.int64)
    np.add.at(before, np.flatnonzero(hard), 1)
    rank = _running(before, person)
    drop = rng.random(size) < UNSUBSCRIBERS / len(runs) * np.where(
        OPENING[people.kind[person]] > 0.2, 1, 1.5
    )
    leave_at = at + 60 + whole(rng.exponential(6 * HOUR, size))
    opted_out = first_per(person[drop], leave_at[drop], len(people))
    keep = (at <= opted_out[person]) & (rank <= 2)
    person, at, run, template = person[keep], at[keep], run[keep], template[keep]
    leave_at, drop, hard = leave_at[keep], drop[keep], hard[keep]
    bounces = hard | (rng.random(len(person)) < SOFT_BOUNCE_SHARE)
    delivered = np.where(bounces, NEVER, at + rng.integers(1, 40, len(person)))
    leaving = drop & (leave_at == opted_out[person]) & ~bounces & (leave_at < end)
    opens = _opens(rng, people, person, delivered, end)
    clicks = _clicks(rng, people, firms, runs, (person, template, delivered), opens, end)
    return MailLog(
        person, at, run, template, delivered,
        bounced=np.where(bounces, at + rng.integers(2, 900, len(person)), NEVER),
        unsubscribed=np.where(leaving, leave_at, NEVER),
        open_send=opens[0], open_at=opens[1], open_machine=opens[2],
        click_send=clicks[0], click_at=clicks[1], click_page=clicks[2], click_machine=clicks[3],
        opted_out=first_per(person[leaving], leave_at[leaving], len(people)),
    )  # fmt: skip


def _running(mark: Ints, group: Ints) -> Ints:
    """Return the running sum of marks within each group of adjacent rows."""
    total = np.cumsum(mark)
    if not len(total):
        return total
    first = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    before = total[first] - mark[first]
    lengths = np.diff(np.r_[first, len(group)])
    return total - np.repeat(before, lengths)


def _addressed(
    rng: Rng, people: People, firms: Companies, runs: Runs, fills: Fills, end: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Return who is sent what and when, before bounces and opt-outs."""
    size, count = len(people), len(runs)
    trade = firms.industry[people.company]
    meant = (runs.industry[None, :] < 0) | (runs.industry[None, :] == trade[:, None])
    chosen = rng.random((size, count)) * 100 < runs.share[None, :]
    known = people.created[:, None] + HOUR < runs.at[None, :]
    willing = (people.consent != 2) & (people.origin != ORIGINS.index("card"))
    person, run = np.nonzero(meant & chosen & known & willing[:, None])
    at = runs.at[run] + rng.integers(0, 240, len(run))
    started = np.flatnonzero(
        (fills.kind == FormKind.DOWNLOAD) & (rng.random(len(fills.at)) < STEP_MAIL_SHARE)
    )
    step = np.tile(np.arange(len(STEP_DAYS)), len(started))
    trigger = np.repeat(started, len(STEP_DAYS))
    step_at = fills.at[trigger] + np.asarray(STEP_DAYS)[step] * DAY
    day = (step_at - int(runs.at[0]) + DAY) // DAY
    person = np.concatenate([person, fills.person[trigger]])
    at = np.concatenate([at, step_at])
    template = np.concatenate([run, count + step])
    run = np.concatenate([run, count + step + len(STEP_DAYS) * np.maximum(day, 0)])
    keep = at < end
    order = np.lexsort((template[keep], at[keep], person[keep]))
    return person[keep][order], at[keep][order], run[keep][order], template[keep][order]


def _dead_addresses(rng: Rng, people: People) -> Ints:
    """Return when an address stops to exist; half of the bad ones never existed."""
    size = len(people)
    bad = rng.random(size) < HARD_BOUNCE_SHARE
    later = np.where(rng.random(size) < 0.5, 0, whole(rng.exponential(250.0, size) * DAY))
    return np.where(bad, people.created + later, NEVER)


def _opens(
    rng: Rng, people: People, person: Ints, delivered: Ints, end: int
) -> tuple[Ints, Ints, Bools]:
    """Draw opens by people, some twice, and by mail proxies within seconds."""
    kind = people.kind[person]
    there = happened(delivered)
    busy = np.isin(kind, BUYERS) & (delivered > people.window_start[person])
    busy &= delivered < people.window_end[person]
    chance = (
        OPENING[kind] * np.clip(people.energy[person] ** 0.4, 0.4, 1.6) * np.where(busy, 1.3, 1)
    )
    read = np.flatnonzero(there & (rng.random(len(person)) < chance))
    again = read[rng.random(len(read)) < 0.18]
    human = np.concatenate([read, again])
    delay = np.where(
        np.arange(len(human)) < len(read),
        whole(np.exp(rng.normal(9.0, 1.5, len(human)))) + 6,
        whole(rng.exponential(2 * DAY, len(human))) + HOUR,
    )
    fetched = np.flatnonzero(
        there & people.proxy[person] & (rng.random(len(person)) < PROXY_OPEN_SHARE)
    )
    send = np.concatenate([human, fetched])
    at = delivered[send] + np.concatenate([delay, rng.integers(0, 6, len(fetched))])
    machine = np.arange(len(send)) >= len(human)
    keep = at < end
    return send[keep], at[keep], machine[keep]


def _clicks(
    rng: Rng, people: People, firms: Companies, runs: Runs,
    mails: tuple[Ints, Ints, Ints], opens: tuple[Ints, Ints, Bools], end: int,
) -> tuple[Ints, Ints, Ints, Bools]:  # fmt: skip
    """Draw clicks by people after an open, and by gateways on every link within seconds."""
    person, template, delivered = mails
    send, opened, machine = opens
    chance = np.where(machine, 0.0, CLICKING[people.kind[person[send]]])
    clicked = np.flatnonzero(rng.random(len(send)) < chance)
    human = send[clicked]
    human_at = opened[clicked] + 5 + whole(rng.exponential(40.0, len(clicked)))
    scanned = np.flatnonzero(happened(delivered) & firms.scanner[people.company[person]])
    scanned = scanned[~people.free_mail[person[scanned]]]
    gateway = np.repeat(scanned, LINKS)
    slot = np.tile(np.arange(LINKS), len(scanned))
    begin = np.repeat(rng.integers(1, 8, len(scanned)), LINKS)
    gateway_at = delivered[gateway] + begin + rng.integers(0, 3, len(gateway))
    links = np.concatenate([rng.integers(0, LINKS, len(human)), slot])
    result_send = np.concatenate([human, gateway])
    at = np.concatenate([human_at, gateway_at])
    keep = at < end
    page = runs.links[template[result_send], links]
    by_machine = np.arange(len(result_send)) >= len(human)
    return result_send[keep], at[keep], page[keep], by_machine[keep]
