"""Marketo programmes: events, who takes part, and the campaigns behind mails."""

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.marketo.mail import FIRST_CAMPAIGN, FIRST_STEP_CAMPAIGN
from sample.shapes.marketo.shared import Numbers
from sample.shapes.versions import with_earlier
from sample.store.arrow import dates, flags, integers, same, text, times, words
from sample.world.arrays import DAY, NEVER, Ints, happened
from sample.world.events import CHANNELS

STATUSES = ("Invited", "Registered", "Attended", "Attended On-demand", "No Show")
FIRST_PROGRAMME = 1001
MEMBERSHIP_ROOM = 20_000_000
FIRST_MAIL_PROGRAMME = 1900
TEST_PROGRAMME = 1990
MAIL_CHANNEL = len(CHANNELS)


def write_programmes(desk: Desk, numbers: Numbers) -> None:
    """Write participation of a chunk, and once the programmes themselves."""
    _write_steps(desk, numbers)
    _write_memberships(desk)
    if desk.world.chunk == 0:
        _write_programme(desk)
        _write_campaign(desk)


def _write_steps(desk: Desk, numbers: Numbers) -> None:
    """Write each change of status in a programme."""
    events, rng = desk.world.events, desk.rng("steps")
    moments = (events.invited, events.registered, events.attended, events.on_demand, events.no_show)
    rows, status, before = [], [], []
    so_far = np.full(len(events.person), -1, dtype=np.int64)
    for code, at in enumerate(moments):
        there = np.flatnonzero(happened(at))
        rows.append(there)
        status.append(np.full(len(there), code))
        before.append(so_far[there].copy())
        so_far[there] = code
    row, new, old = np.concatenate(rows), np.concatenate(status), np.concatenate(before)
    at = np.stack(moments, axis=1)[row, new]
    person, programme = events.person[row], events.programme[row]
    seen = numbers.tracking.tells(person, at) & (at < desk.end)
    person, programme, at, new, old = (x[seen] for x in (person, programme, at, new, old))
    number = FIRST_PROGRAMME + programme
    columns = {
        **numbers.common(rng, 104, person, at),
        "primary_attribute_value": words(desk.frame.programmes.name, programme),
        "primary_attribute_value_id": integers(number),
        "program_id": integers(number),
        "new_status": words(STATUSES, new),
        "old_status": words(STATUSES, old),
        "new_status_id": integers(new + 1),
        "acquired_by": flags(np.zeros(len(at), dtype=np.bool_)),
        "reason": same("Changed by smart campaign", len(at)),
    }
    table = "activity_change_status_in_progression"
    desk.put(("marketo", table), columns, at, time="activity_date")


def _write_memberships(desk: Desk) -> None:
    """Write who is in which programme, with the status of today."""
    events, tracking = desk.world.events, desk.tracking["marketo"]
    moments = np.stack(
        [events.invited, events.registered, events.attended, events.on_demand, events.no_show],
        axis=1,
    )
    begun = moments.min(axis=1)
    reached = np.where(moments < NEVER, moments, -1)
    status: Ints = np.asarray(reached.argmax(axis=1), dtype=np.int64)
    rng = desk.rng("memberships")
    known = tracking.tells(events.person, begun)
    members = np.flatnonzero(known & (rng.random(len(begun)) < 0.97))
    changed = reached.max(axis=1)[members]
    row, is_first = with_earlier(rng, begun[members], changed, desk.end)
    rows = members[row]
    at = np.where(is_first, begun[rows], changed[row])
    status = np.where(is_first, moments.argmin(axis=1)[rows], status[rows])
    person, programme = events.person[rows], events.programme[rows]
    number = desk.world.chunk * MEMBERSHIP_ROOM + rows + 1
    columns = {
        "id": integers(number),
        "lead_id": integers(tracking.book.first[person]),
        "program_id": integers(FIRST_PROGRAMME + programme),
        "progression_status": words(STATUSES, status),
        "reached_success": flags(np.isin(status, (2, 3))),
        "membership_date": times(begun[rows], "ms"),
        "updated_at": times(at, "ms"),
    }
    desk.put(("marketo", "program_membership"), columns, at, time="membership_date")


def _write_programme(desk: Desk) -> None:
    """Write event programmes, the one of mails, and a deleted one made for a test."""
    plan, start = desk.frame.programmes, desk.frame.spec.start_seconds
    count = len(plan)
    size = count + 2
    made = np.r_[np.minimum(plan.start - 40 * DAY, desk.end - 3600), start, start + DAY]
    number = np.r_[FIRST_PROGRAMME + np.arange(count), FIRST_MAIL_PROGRAMME, TEST_PROGRAMME]
    code = np.r_[plan.channel, MAIL_CHANNEL, 0]
    columns = {
        "id": integers(number),
        "name": text([*plan.name, "メール配信", "テスト用プログラム"]),
        "channel": words([*CHANNELS, "Email"], code),
        "type": words(["Event with Webinar", "Event", "Event", "Email"], code),
        "start_date": dates(np.r_[plan.start, start, NEVER]),
        "end_date": dates(np.r_[plan.finish, NEVER, NEVER]),
        "status": same("on", size),
        "workspace": same("Default", size),
        "created_at": times(made, "ms"),
        "updated_at": times(made, "ms"),
        "_fivetran_deleted": flags(number == TEST_PROGRAMME),
    }
    desk.put(("marketo", "program"), columns, made, time="created_at")


def _write_campaign(desk: Desk) -> None:
    """Write the campaigns that send mails."""
    runs = desk.frame.runs
    count, steps = len(runs), len(runs.template) - len(runs)
    start = desk.frame.spec.start_seconds
    at = np.r_[runs.at - DAY, np.full(steps, start)]
    number = np.r_[FIRST_CAMPAIGN + np.arange(count), FIRST_STEP_CAMPAIGN + np.arange(steps)]
    columns = {
        "id": integers(number),
        "name": text(runs.template),
        "program_id": integers(np.full(count + steps, FIRST_MAIL_PROGRAMME)),
        "type": words(
            ["batch", "trigger"], np.r_[np.zeros(count), np.ones(steps)].astype(np.int64)
        ),
        "active": flags(np.ones(count + steps, dtype=np.bool_)),
        "workspace_name": same("Default", count + steps),
        "created_at": times(at, "ms"),
        "updated_at": times(at, "ms"),
        "_fivetran_deleted": flags(np.zeros(count + steps, dtype=np.bool_)),
    }
    desk.put(("marketo", "campaign"), columns, at, time="created_at")
