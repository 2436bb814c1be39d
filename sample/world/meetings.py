"""Meetings with sales: first ones, and those held while a deal runs."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import DAY, HOUR, Bools, Ints, Rng, happened, pick, whole
from sample.world.clock import Calendar, meeting_start, office_time
from sample.world.deals import Deals
from sample.world.journey import Handoffs


@dataclass(frozen=True)
class Meetings:
    """Meetings booked by sales; some lie in the future, some were cancelled."""

    person: Ints
    user: Ints
    booked: Ints
    start: Ints
    finish: Ints
    cancelled: Bools
    deal: Ints


def plan_meetings(rng: Rng, cal: Calendar, handoffs: Handoffs, deals: Deals, end: int) -> Meetings:
    """Return first meetings and those held while a deal runs."""
    first = np.flatnonzero(happened(handoffs.meeting))
    live = np.flatnonzero(deals.opener >= 0)
    count = rng.poisson(0.9, len(live))
    deal = np.repeat(live, count)
    span = np.minimum(deals.closed[deal], end + 10 * DAY) - deals.opened[deal]
    later = meeting_start(
        rng, cal, deals.opened[deal] + DAY + whole(rng.random(len(deal)) * np.maximum(span, DAY))
    )
    booked = office_time(rng, cal, later - rng.integers(2, 8, len(deal)) * DAY)
    booked = np.minimum(np.maximum(booked, deals.opened[deal] + 600), later - 60)
    start = np.concatenate([handoffs.meeting[first], later])
    size = len(start)
    made = np.concatenate([handoffs.booked[first], booked])
    keep = made < end
    cancelled = np.concatenate([~handoffs.held[first], rng.random(len(deal)) < 0.08])
    return Meetings(
        person=np.concatenate([handoffs.person[first], deals.opener[deal]])[keep],
        user=np.concatenate([handoffs.owner_at(handoffs.meeting)[first], deals.owner[deal]])[keep],
        booked=made[keep],
        start=start[keep],
        finish=(start + (HOUR // 2) * (1 + pick(rng, (1, 4, 1), size)))[keep],
        cancelled=cancelled[keep],
        deal=np.concatenate([np.full(len(first), -1), deal])[keep],
    )
