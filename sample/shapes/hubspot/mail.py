"""HubSpot mail events: one row per event, its details in a table per kind of event."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sample.shapes.hubspot.shared import Portal, in_portal
from sample.shapes.site_log import ALL_AGENTS, MAIL_LINKS, mail_agents
from sample.store.arrow import Column, flags, integers, numbers, same, text, times, uuids, words
from sample.world.arrays import DAY, NEVER, Bools, Ints, happened, whole

KINDS = ("SENT", "DELIVERED", "OPEN", "CLICK", "BOUNCE", "STATUSCHANGE", "PROCESSED")
SENT, DELIVERED, OPEN, CLICK, BOUNCE, STATUS, PROCESSED = range(7)
TABLES = {
    SENT: "sent", DELIVERED: "delivered", OPEN: "open", CLICK: "click", BOUNCE: "bounce",
    STATUS: "status_change",
}  # fmt: skip
PROCESSED_SHARE = 0.05
FILTERED = {OPEN: 0.4, CLICK: 0.7}  # share of what machines do that the tool itself notices
FIRST_CAMPAIGN = 75_000_001
APP_ID = 113
BOUNCES = ("UNKNOWN_USER", "CONTENT", "MAILBOX_FULL", "SPAM")
RESPONSES = (
    "550 5.1.1 user unknown", "554 5.7.1 message refused", "452 4.2.2 mailbox full",
    "550 [internal] [oob] The message was blocked by the receiver.",
)  # fmt: skip
EVENT_ROOM = 1 << 40


@dataclass(frozen=True)
class _Events:
    """Mail events: which kind, of which send, when, whether a machine did it, and which page."""

    kind: Ints
    send: Ints
    at: Ints
    machine: Bools
    page: Ints

    def where(self, keep: Bools) -> "_Events":
        """Return the events marked to be kept."""
        return _Events(**{name: values[keep] for name, values in vars(self).items()})


def write_mail(portal: Portal) -> None:
    """Write email_event and the tables of its kinds."""
    desk, mails = portal.desk, portal.desk.world.mails
    found = _gather(portal)
    person = mails.person[found.send]
    found = found.where(portal.saw(person, found.at))
    person, size = mails.person[found.send], len(found.at)
    rng = desk.rng("hubspot mails")
    # All events of a mail name the record it was sent to, whatever was merged later.
    record = portal.tracking.book.on(rng, mails.person, mails.at) - portal.tracking.book.first[0]
    ids = uuids(_numbers(portal, found), "hubspot mail event")
    chance = np.where(found.kind == CLICK, FILTERED[CLICK], FILTERED[OPEN])
    columns = {
        "id": ids,
        "app_id": integers(np.full(size, APP_ID)),
        "created": times(found.at, "ms"),
        "email_campaign_id": integers(FIRST_CAMPAIGN + mails.template[found.send]),
        "portal_id": in_portal(size),
        "sent_by_id": _sent_by(portal, found),
        "sent_by_created": times(np.where(found.kind == SENT, NEVER, mails.at[found.send]), "ms"),
        "type": words(KINDS, found.kind),
        "filtered_event": flags(found.machine & (rng.random(size) < chance)),
        "recipient": words(portal.mailboxes(), record[found.send]),
    }
    desk.put(("hubspot", "email_event"), columns, found.at, time="created")
    desk.tell_machines("hubspot", "email_event", ids, found.machine)
    for kind, table in TABLES.items():
        rows = np.flatnonzero(found.kind == kind)
        details = _details(portal, kind, found.where(found.kind == kind), person[rows])
        cells = {"id": ids.take(rows), **details}
        desk.put(("hubspot", f"email_event_{table}"), cells, found.at[rows])


def _gather(portal: Portal) -> _Events:
    """List every event of every mail."""
    mails = portal.desk.world.mails
    rng = portal.desk.rng("hubspot processed")
    send = np.arange(len(mails.at))
    processed = np.flatnonzero(rng.random(len(send)) < PROCESSED_SHARE)
    parts: list[tuple[int, Ints, Ints]] = [
        (SENT, send, mails.at), (DELIVERED, send, mails.delivered),
        (OPEN, mails.open_send, mails.open_at), (CLICK, mails.click_send, mails.click_at),
        (BOUNCE, send, mails.bounced), (STATUS, send, mails.unsubscribed),
        (PROCESSED, processed, mails.at[processed]),
    ]  # fmt: skip
    kind = np.concatenate([np.full(len(part[1]), part[0]) for part in parts])
    machine = np.zeros(len(kind), dtype=np.bool_)
    machine[kind == OPEN] = mails.open_machine
    machine[kind == CLICK] = mails.click_machine
    page = np.full(len(kind), -1, dtype=np.int64)
    page[kind == CLICK] = mails.click_page
    found = _Events(
        kind,
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
        machine,
        page,
    )
    return found.where(happened(found.at))


def _numbers(portal: Portal, found: _Events) -> Ints:
    """Number events; a send has the number of its mail, so that others can name it."""
    base = portal.desk.world.chunk * EVENT_ROOM
    return base + np.where(found.kind == SENT, 2 * found.send, 2 * np.arange(len(found.at)) + 1)


def _sent_by(portal: Portal, found: _Events) -> Column:
    """Return the id of the send behind each event, null for sends."""
    base = portal.desk.world.chunk * EVENT_ROOM
    sends, where = np.unique(found.send, return_inverse=True)
    ids = uuids(base + 2 * sends, "hubspot mail event").to_pylist()
    return words(ids, np.where(found.kind == SENT, -1, where))


def _details(portal: Portal, kind: int, found: _Events, person: Ints) -> Mapping[str, Column]:
    """Return the columns of one kind of event."""
    desk, size = portal.desk, len(found.at)
    if kind == SENT:
        subject = words(desk.frame.runs.template, desk.world.mails.template[found.send])
        return {"from": same("news@kumohashi.example", size), "reply_to": same("[]", size),
                "cc": same("[]", size), "bcc": same("[]", size), "subject": subject}  # fmt: skip
    if kind == DELIVERED:
        return {"response": same("250 2.0.0 OK", size), "smtp_id": same(None, size)}
    if kind == BOUNCE:
        code = person % len(BOUNCES)
        status = np.array([550, 554, 452, 550])[code]
        return {"category": words(BOUNCES, code), "status": integers(status),
                "response": words(RESPONSES, code)}  # fmt: skip
    if kind == STATUS:
        return {"portal_subscription_status": same("UNSUBSCRIBED", size),
                "requested_by": same(None, size), "source": same("SOURCE_RECIPIENT", size),
                "subscriptions": same("[]", size), "bounced": same(None, size)}  # fmt: skip
    agent = mail_agents(desk, person, found.machine, clicks=kind == CLICK)
    cells = {
        "user_agent": words(ALL_AGENTS, agent),
        "location": same('{"country":"JP"}', size),
        "browser": same('{"family":"Chrome"}', size),
        "ip_address": same(None, size),
    }
    if kind == CLICK:
        return {**cells, "url": words(MAIL_LINKS, found.page), "referer": same(None, size)}
    shown = desk.rng("hubspot durations").exponential(9_000.0, size)
    return {**cells, "duration": integers(whole(shown))}


def write_campaigns(portal: Portal) -> None:
    """Write the mails that were sent."""
    desk, runs = portal.desk, portal.desk.frame.runs
    count, steps = len(runs), len(runs.template) - len(runs)
    at = np.r_[runs.at - DAY, np.full(steps, desk.frame.spec.start_seconds)]
    size = count + steps
    is_step = np.arange(size) >= count
    columns = {
        "id": integers(FIRST_CAMPAIGN + np.arange(size)),
        "app_id": integers(np.full(size, APP_ID)),
        "app_name": words(["Batch", "Automated"], is_step.astype(np.int64)),
        "content_id": integers(11_000_000_001 + np.arange(size)),
        "name": text(runs.template),
        "subject": text(runs.template),
        "type": words(["BATCH_EMAIL", "AUTOMATED_EMAIL"], is_step.astype(np.int64)),
        "sub_type": same(None, size),
        "num_included": numbers(np.where(is_step, 0.0, 1.0) * 1_000),
        "num_queued": integers(np.zeros(size, dtype=np.int64)),
    }
    desk.put(("hubspot", "email_campaign"), columns, at)
