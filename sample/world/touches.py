"""What sales logs: calls, mails, to-dos and meetings."""

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from sample.world.arrays import DAY, HOUR, NEVER, Ints, Rng, happened, pick, whole
from sample.world.clock import Calendar, office_time
from sample.world.deals import Deals
from sample.world.journey import Handoffs
from sample.world.mail import MailLog
from sample.world.people import People
from sample.world.staff import Staff


class TouchKind(IntEnum):
    """What was logged."""

    CALL = 0
    MAIL = 1
    TODO = 2
    AUTO_MAIL = 3
    MARKETING_MAIL = 4


CONNECTED, NO_ANSWER, VOICEMAIL = 0, 1, 2
UNASKED_CALLS = 0.10
AUTO_LOG_SHARE = 0.03
DAYS_BETWEEN_TOUCHES = 9


@dataclass(frozen=True)
class Touches:
    """Logged calls, mails and to-dos; ``done`` is NEVER while open, ``deal`` -1 without one."""

    person: Ints
    kind: Ints
    user: Ints
    created: Ints
    done: Ints
    due: Ints
    disposition: Ints
    deal: Ints


def _touches(
    person: Ints, kind: Ints | int, user: Ints | int, done: Ints, *,
    created: Ints | None = None, due: Ints | None = None,
    disposition: Ints | int = -1, deal: Ints | int = -1,
) -> Touches:  # fmt: skip
    """Build touches, filling single values up."""
    size = len(person)

    def column(value: Ints | int) -> Ints:
        return np.broadcast_to(np.asarray(value, dtype=np.int64), size)

    made = done if created is None else created
    return Touches(
        person, column(kind), column(user), made, done, made if due is None else due,
        column(disposition), column(deal),
    )  # fmt: skip


def log_touches(
    rng: Rng, cal: Calendar, people: People, staff: Staff, handoffs: Handoffs, deals: Deals,
    mails: MailLog, end: int,
) -> Touches:  # fmt: skip
    """Log everything but meetings."""
    parts = [
        _tries(rng, cal, handoffs),
        _todos(rng, handoffs, staff),
        _deal_care(rng, cal, deals, end),
        _unasked(rng, cal, people, staff, end),
        _automatic(rng, staff, mails),
        _by_marketing(rng, staff, handoffs),
    ]
    joined = {
        field.name: np.concatenate([getattr(part, field.name) for part in parts])
        for field in fields(Touches)
    }
    keep = joined["created"] < end
    joined["done"] = np.where(joined["done"] < end, joined["done"], NEVER)
    return Touches(**{name: values[keep] for name, values in joined.items()})


def _tries(rng: Rng, cal: Calendar, handoffs: Handoffs) -> Touches:
    """Log each try of a follow-up; the last one got through if anybody did."""
    source = np.flatnonzero(happened(handoffs.followed))
    tries = np.repeat(source, handoffs.attempts[source])
    first = np.cumsum(handoffs.attempts[source]) - handoffs.attempts[source]
    rank = np.arange(len(tries)) - np.repeat(first, handoffs.attempts[source])
    last = rank == handoffs.attempts[tries] - 1
    talked = last & happened(handoffs.reached[tries])
    at = office_time(rng, cal, handoffs.followed[tries] + rank * 2 * DAY)
    at = np.where(rank == 0, handoffs.followed[tries], at)
    at = np.where(talked, handoffs.reached[tries], at)
    mail = rng.random(len(tries)) < 0.33
    silent = np.where(rng.random(len(tries)) < 0.6, NO_ANSWER, VOICEMAIL)
    late_log = np.where(rng.random(len(tries)) < 0.1, rng.integers(HOUR, 2 * DAY, len(tries)), 30)
    created = at + np.where(mail, 0, late_log)
    return _touches(
        handoffs.person[tries],
        np.where(mail, TouchKind.MAIL, TouchKind.CALL),
        handoffs.owner_at(at_of(handoffs.followed))[tries],
        at,
        created=created,
        disposition=np.where(mail, -1, np.where(talked, CONNECTED, silent)),
    )


def at_of(moment: Ints) -> Ints:
    """Return moments, those that never came as the earliest possible."""
    return np.where(happened(moment), moment, 0)


def _todos(rng: Rng, handoffs: Handoffs, staff: Staff) -> Touches:
    """Make reminders at a hand-over; many stay open, some are due later."""
    source = np.flatnonzero(rng.random(len(handoffs.at)) < 0.35)
    at = handoffs.at[source]
    ticked = happened(handoffs.followed[source]) & (rng.random(len(source)) < 0.6)
    done = np.where(ticked, at_of(handoffs.followed[source]) + 120, NEVER)
    due = at + rng.integers(1, 15, len(source)) * DAY
    return _touches(
        handoffs.person[source], TouchKind.TODO, handoffs.owner[source], done,
        created=at + 60, due=due,
    )  # fmt: skip


def _deal_care(rng: Rng, cal: Calendar, deals: Deals, end: int) -> Touches:
    """Log calls and mails while a deal runs; open deals also have a next step planned."""
    live = np.flatnonzero(deals.opener >= 0)
    until = np.minimum(deals.closed[live], end)
    days = (until - deals.opened[live]) / DAY
    count = rng.poisson(np.clip(days / DAYS_BETWEEN_TOUCHES, 0, 40))
    deal = np.repeat(live, count)
    span = np.minimum(deals.closed[deal], end) - deals.opened[deal]
    at = office_time(rng, cal, deals.opened[deal] + whole(rng.random(len(deal)) * span))
    call = rng.random(len(deal)) < 0.5
    held = _touches(
        deals.opener[deal], np.where(call, TouchKind.CALL, TouchKind.MAIL), deals.owner[deal], at,
        disposition=np.where(call, pick(rng, (5, 3, 2), len(deal)), -1), deal=deal,
    )  # fmt: skip
    running = live[~happened(deals.closed[live])]
    steps = _touches(
        deals.opener[running], TouchKind.TODO, deals.owner[running],
        np.full(len(running), NEVER), created=np.maximum(deals.opened[running], end - 6 * DAY),
        due=end + rng.integers(1, 20, len(running)) * DAY, deal=running,
    )  # fmt: skip
    joined = {
        field.name: np.concatenate([getattr(held, field.name), getattr(steps, field.name)])
        for field in fields(Touches)
    }
    return Touches(**joined)


def _unasked(rng: Rng, cal: Calendar, people: People, staff: Staff, end: int) -> Touches:
    """Log cold calls to whoever happened to be on a list."""
    person = np.repeat(np.arange(len(people)), rng.poisson(UNASKED_CALLS, len(people)))
    begin = people.created[person] + DAY
    at = office_time(rng, cal, begin + whole(rng.random(len(person)) * np.maximum(end - begin, 1)))
    user = rng.integers(0, staff.sellers - 2, len(person))
    return _touches(person, TouchKind.CALL, user, at, disposition=pick(rng, (2, 6, 2), len(person)))


def _automatic(rng: Rng, staff: Staff, mails: MailLog) -> Touches:
    """Log some marketing mails as tasks of the machine account."""
    logged = np.flatnonzero(
        happened(mails.delivered) & (rng.random(len(mails.at)) < AUTO_LOG_SHARE)
    )
    return _touches(
        mails.person[logged], TouchKind.AUTO_MAIL, staff.machine, mails.delivered[logged]
    )


def _by_marketing(rng: Rng, staff: Staff, handoffs: Handoffs) -> Touches:
    """Log notes marketing mails to people it hands over."""
    source = np.flatnonzero(rng.random(len(handoffs.at)) < 0.1)
    return _touches(
        handoffs.person[source], TouchKind.MARKETING_MAIL, staff.marketer,
        handoffs.at[source] + 1800,
    )  # fmt: skip
