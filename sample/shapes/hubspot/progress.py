"""How far contacts have come: lifecycle stage, lead status, owner, reject reason."""

from dataclasses import dataclass

import numpy as np

from sample.shapes.hubspot.shared import Portal
from sample.shapes.statuses import (
    CLOSED,
    CONTACTED,
    CONVERTED,
    NURTURING,
    OPEN,
    QUALIFIED,
    UNQUALIFIED,
    WORKING,
    Steps,
    Trace,
    meaning,
    trace_statuses,
)
from sample.world.arrays import NEVER, Ints, first_per, happened
from sample.world.kinds import PersonKind

STAGES = (
    "lead",
    "marketingqualifiedlead",
    "salesqualifiedlead",
    "opportunity",
    "customer",
    "other",
)
(LEAD, MQL, SQL, OPPORTUNITY, CUSTOMER, OTHER) = range(6)
STATUSES = ("NEW", "IN_PROGRESS", "CONNECTED", "OPEN_DEAL", "BAD_TIMING", "UNQUALIFIED", "失注",
            "ナーチャリング")  # fmt: skip
STATUS_OF = {
    OPEN: 0, WORKING: 1, CONTACTED: 2, QUALIFIED: 2, NURTURING: 4, UNQUALIFIED: 5, CLOSED: 6,
    CONVERTED: 3,
}  # fmt: skip
IN_JAPANESE = 7


@dataclass(frozen=True)
class Progress:
    """Changes of each property in order of person and time; ``changed`` is the newest, 0 if none.

    Attributes:
        stage: Positions in ``STAGES``; everybody starts as a lead, customers as such.
        status: Positions in ``STATUSES``, -1 before the first; none where sales work elsewhere.
        owner: Users, and ``reason`` reject reasons, likewise.
        begin: Stage each contact was made with.
        changed: When a contact changed last.
    """

    stage: Steps
    status: Steps
    owner: Steps
    reason: Steps
    begin: Ints
    changed: Ints


def follow(portal: Portal) -> Progress:
    """Follow every contact as far as the portal is told."""
    desk, size = portal.desk, len(portal.desk.world.people)
    nothing = np.zeros(0, dtype=np.int64)
    none = Steps(nothing, nothing, nothing, nothing, nothing)
    trace = trace_statuses(desk) if portal.is_crm else None
    kind = desk.world.people.kind
    begin = np.where(kind == PersonKind.CUSTOMER, CUSTOMER, LEAD)
    begin = np.where(kind == PersonKind.PARTNER, OTHER, begin)
    stage = _stages(portal, trace, begin)
    status, owner, reason = none, none, none
    if trace is not None:
        status = _kept(portal, _statuses(trace.status))
        owner, reason = _kept(portal, trace.owner), _kept(portal, trace.reasons)
    changed = np.zeros(size, dtype=np.int64)
    for steps in (stage, status, owner, reason):
        np.maximum.at(changed, steps.person, steps.at)
    return Progress(stage, status, owner, reason, begin, changed)


def _statuses(steps: Steps) -> Steps:
    """Return lead statuses in the portal's words; who speaks Japanese says so of nurturing."""
    table = np.array([STATUS_OF[code] for code in range(len(STATUS_OF))])

    def words(status: Ints) -> Ints:
        result = table[meaning(status)]
        japanese = (meaning(status) == NURTURING) & (status > CONVERTED)
        return np.where(japanese, IN_JAPANESE, result)

    old, new = words(steps.old), words(steps.new)
    differs = old != new
    return Steps(
        steps.person[differs], steps.at[differs], steps.user[differs], old[differs], new[differs]
    )


def _stages(portal: Portal, trace: Trace | None, begin: Ints) -> Steps:
    """Return when lifecycle stages rose; they never fall."""
    world, size = portal.desk.world, len(begin)
    deals = world.deals
    won = deals.won[deals.member_deal]
    signed = first_per(deals.member_person[won], deals.closed[deals.member_deal[won]], size)
    rises = [(world.records.converted, OPPORTUNITY), (signed, CUSTOMER)]
    if trace is not None:
        passed = first_per(world.handoffs.person, world.handoffs.at, size)
        rows = np.flatnonzero(meaning(trace.status.new) == QUALIFIED)
        accepted = first_per(trace.status.person[rows], trace.status.at[rows], size)
        rises = [(passed, MQL), (accepted, SQL), *rises]
    person = np.concatenate([np.flatnonzero(happened(at)) for at, _ in rises])
    at = np.concatenate([at[happened(at)] for at, _ in rises])
    new = np.concatenate([np.full(int(happened(at).sum()), code) for at, code in rises])
    keep = portal.knew(person, at)
    order = np.lexsort((new[keep], at[keep], person[keep]))
    person, at, new = person[keep][order], at[keep][order], new[keep][order]
    return _rising(person, at, new, begin)


def _rising(person: Ints, at: Ints, new: Ints, begin: Ints) -> Steps:
    """Keep the steps that lead higher than every one before."""
    highest = begin.copy()
    old = np.zeros(len(person), dtype=np.int64)
    rises = np.zeros(len(person), dtype=np.bool_)
    for row, (who, code) in enumerate(zip(person.tolist(), new.tolist(), strict=True)):
        old[row] = highest[who]
        if code > highest[who]:
            rises[row] = True
            highest[who] = code
    nobody = np.full(int(rises.sum()), -1)
    return Steps(person[rises], at[rises], nobody, old[rises], new[rises])


def _kept(portal: Portal, steps: Steps) -> Steps:
    """Keep the steps of contacts that existed."""
    keep = portal.knew(steps.person, steps.at) & (steps.at < NEVER)
    return Steps(**{name: values[keep] for name, values in vars(steps).items()})
