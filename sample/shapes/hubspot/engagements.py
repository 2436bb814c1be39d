"""HubSpot engagements: calls, mails, tasks and meetings of sales."""

import numpy as np

from sample.shapes.hubspot.deals import deal_ids
from sample.shapes.hubspot.shared import FIRST_ENGAGEMENT, Portal, in_portal
from sample.shapes.versions import with_earlier
from sample.store.arrow import Column, flags, integers, same, times, words
from sample.world.arrays import HOUR, NEVER, Bools, Floats, Ints, happened, whole
from sample.world.touches import CONNECTED, NO_ANSWER, VOICEMAIL

KINDS = ("CALL", "EMAIL", "TASK", "MEETING", "NOTE")
CALL, MAIL, TASK, MEETING, NOTE = range(5)
KIND_OF = np.array([CALL, MAIL, TASK, MAIL, MAIL])
CONTACT_TYPE = np.array([194, 198, 204, 200, 202])
DEAL_TYPE = np.array([206, 210, 216, 212, 214])
# The dispositions every portal is born with.
DISPOSITIONS = {
    CONNECTED: "f240bbac-87c9-4f6e-bf70-924b57d47db7",
    NO_ANSWER: "73a0d17f-1163-4015-bdd5-ec830791da20",
    VOICEMAIL: "b2cf5968-551e-4856-9783-52b3da59a7d0",
}
CALLS = ("電話", "フォローコール", "Call")
SUBJECTS = ("ご案内", "Re: ご提案について", "follow-up", "[自動] MA配信", "リスト共有")
TODOS = ("フォローする", "次回提案の準備", "折り返し")
NOTES = ("担当者不在。\n折り返し依頼。", "予算は来期。再度連絡する。", "つながらず")
OUTCOMES = ("SCHEDULED", "COMPLETED", "CANCELED", "NO_SHOW")
PLANNED, HELD, CANCELLED, ABSENT = range(4)
MEETINGS = ("オンライン商談", "訪問", "Product demo")
NOTE_SHARE = 0.15
REMOVED_SHARE = 0.3


def write_engagements(portal: Portal) -> None:
    """Write engagement, its kinds, and whom each is with."""
    touches, meetings = portal.desk.world.touches, portal.desk.world.meetings
    noted = np.flatnonzero(portal.desk.rng("notes").random(len(touches.person)) < NOTE_SHARE)
    kind = np.concatenate(
        [KIND_OF[touches.kind], np.full(len(meetings.person), MEETING), np.full(len(noted), NOTE)]
    )
    person = np.concatenate([touches.person, meetings.person, touches.person[noted]])
    at = np.concatenate([touches.created, meetings.booked, touches.created[noted] + 40])
    deal = np.concatenate([touches.deal, meetings.deal, touches.deal[noted]])
    ids = portal.numbers(FIRST_ENGAGEMENT, len(kind))
    known = portal.knew(person, at)
    _write_parents(portal, ids[known], kind[known], at[known])
    _write_links(portal, ids[known], kind[known], (person[known], at[known], deal[known]))
    rows = np.arange(len(touches.person))
    for code, write in ((CALL, _write_calls), (MAIL, _write_mails), (TASK, _write_tasks)):
        write(portal, ids, rows[known[: len(rows)] & (kind[: len(rows)] == code)])
    first = len(rows)
    _write_meetings(
        portal, ids[first:], np.flatnonzero(known[first : first + len(meetings.person)])
    )
    rest = first + len(meetings.person)
    _write_notes(portal, ids[rest:], noted, known[rest:])


def _write_parents(portal: Portal, ids: Ints, kind: Ints, at: Ints) -> None:
    """Write the engagement table."""
    columns = {
        "id": integers(ids),
        "type": words(KINDS, kind),
        "portal_id": in_portal(len(ids)),
        "active": flags(np.ones(len(ids), dtype=np.bool_)),
        "created_at": times(at, "ms"),
    }
    portal.desk.put(("hubspot", "engagement"), columns, at)


def _write_links(portal: Portal, ids: Ints, kind: Ints, about: tuple[Ints, Ints, Ints]) -> None:
    """Write which contact and which deal an engagement is with."""
    desk, (person, at, deal) = portal.desk, about
    columns: dict[str, Column] = {
        "engagement_id": integers(ids),
        "contact_id": integers(portal.contacts(desk.rng("engaged"), person, at)),
        "engagement_type": words(KINDS, kind),
        "type_id": integers(CONTACT_TYPE[kind]),
        "category": same("HUBSPOT_DEFINED", len(ids)),
    }
    desk.put(("hubspot", "engagement_contact"), columns, at, key="engagement_id")
    rows = np.flatnonzero(deal >= 0)
    columns = {
        "engagement_id": integers(ids[rows]),
        "deal_id": integers(deal_ids(desk.world.chunk, len(desk.world.deals))[deal[rows]]),
        "engagement_type": words(KINDS, kind[rows]),
        "type_id": integers(DEAL_TYPE[kind[rows]]),
        "category": same("HUBSPOT_DEFINED", len(rows)),
    }
    desk.put(("hubspot", "engagement_deal"), columns, at[rows], key="engagement_id")


def _write(
    portal: Portal, kind: int, ids: Ints, moments: tuple[Ints, Ints, Ints], user: Ints,
    details: dict[str, Column], gone: Bools | None = None,
) -> None:  # fmt: skip
    """Write the table of one kind; moments are when made, when it happened, when changed."""
    made, at, changed = moments
    columns = {
        "engagement_id": integers(ids),
        "type": same(KINDS[kind], len(ids)),
        "property_hs_createdate": times(made, "ms"),
        "property_hs_timestamp": times(at, "ms"),
        "property_hs_lastmodifieddate": times(changed, "ms"),
        "property_hubspot_owner_id": portal.owners(user),
        **details,
        "_fivetran_deleted": flags(np.zeros(len(ids), dtype=np.bool_) if gone is None else gone),
    }
    name = ("hubspot", f"engagement_{KINDS[kind].lower()}")
    portal.desk.put(name, columns, changed, key="engagement_id", time="property_hs_createdate")


def _write_calls(portal: Portal, ids: Ints, rows: Ints) -> None:
    """Write calls; who was not reached shows in the disposition."""
    touches, rng = portal.desk.world.touches, portal.desk.rng("calls")
    made, done = touches.created[rows], touches.done[rows]
    chance: Floats = rng.random(len(rows))
    disposition = touches.disposition[rows]
    reached = disposition == CONNECTED
    details = {
        "property_hs_call_title": words(CALLS, whole(chance * len(CALLS))),
        "property_hs_call_disposition": words(list(DISPOSITIONS.values()), disposition),
        "property_hs_call_status": same("COMPLETED", len(rows)),
        "property_hs_call_direction": same("OUTBOUND", len(rows)),
        "property_hs_call_duration": integers(whole(chance * 600_000) * reached),
    }
    at = np.where(happened(done), done, made)
    _write(portal, CALL, ids[rows], (made, at, np.maximum(made, at)), touches.user[rows], details)


def _write_mails(portal: Portal, ids: Ints, rows: Ints) -> None:
    """Write mails: of sellers, of marketing, and those the integration logs."""
    touches = portal.desk.world.touches
    subject = np.array([-1, 0, -1, 3, 4])[touches.kind[rows]]
    subject = np.where((subject == 0) & (rows % 3 > 0), rows % 3, subject)

    details = {
        "property_hs_email_subject": words(SUBJECTS, subject),
        "property_hs_email_direction": same("EMAIL", len(rows)),
        "property_hs_email_status": same("SENT", len(rows)),
    }
    made, done = touches.created[rows], touches.done[rows]
    at = np.where(happened(done), done, made)
    _write(portal, MAIL, ids[rows], (made, at, np.maximum(made, at)), touches.user[rows], details)


def _write_tasks(portal: Portal, ids: Ints, rows: Ints) -> None:
    """Write to-dos; what was ticked off has an earlier version now and then."""
    desk, touches = portal.desk, portal.desk.world.touches
    done = happened(touches.done[rows])
    changed = np.where(done, touches.done[rows], touches.created[rows])
    changed = np.minimum(np.maximum(changed, touches.created[rows]), desk.end - 1)
    row, is_first = with_earlier(desk.rng("todos"), touches.created[rows], changed, desk.end)
    closed = done[row] & ~is_first
    made = touches.created[rows][row]
    details = {
        "property_hs_task_subject": words(TODOS, rows[row] % len(TODOS)),
        "property_hs_task_status": words(["NOT_STARTED", "COMPLETED"], closed.astype(np.int64)),
        "property_hs_task_type": same("TODO", len(row)),
        "property_hs_task_completion_date": times(
            np.where(closed, touches.done[rows][row], NEVER), "ms"
        ),
    }
    at = np.where(is_first, made, changed[row])
    moments = (made, touches.due[rows][row], at)
    _write(portal, TASK, ids[rows][row], moments, touches.user[rows][row], details)


def _write_meetings(portal: Portal, ids: Ints, rows: Ints) -> None:
    """Write meetings: held, planned, cancelled, missed, and those taken off the calendar."""
    desk, meetings = portal.desk, portal.desk.world.meetings
    booked, start, finish = (x[rows] for x in (meetings.booked, meetings.start, meetings.finish))
    off = meetings.cancelled[rows]
    changed = np.where(off, start - HOUR, finish + 600)
    changed = np.maximum(np.minimum(changed, desk.end - 1), booked)
    row, is_first = with_earlier(desk.rng("meetings"), booked, changed, desk.end)
    chance: Floats = desk.rng("outcomes").random(len(rows))[row]
    told = np.where(off[row], np.where(chance < 0.7, CANCELLED, ABSENT), HELD)
    told = np.where(is_first | (~off[row] & (finish[row] >= desk.end)), PLANNED, told)
    # Half of the sellers never say how a meeting went.
    told = np.where((told == HELD) & (chance < 0.5), -1, told)
    details = {
        "property_hs_meeting_title": words(MEETINGS, whole(chance * len(MEETINGS))),
        "property_hs_meeting_start_time": times(start[row], "ms"),
        "property_hs_meeting_end_time": times(finish[row], "ms"),
        "property_hs_meeting_outcome": words(OUTCOMES, told),
    }
    at = np.where(is_first, booked[row], changed[row])
    gone = off[row] & ~is_first & (chance > 1 - REMOVED_SHARE)
    moments = (booked[row], start[row], at)
    user = meetings.user[rows][row]
    _write(portal, MEETING, ids[rows][row], moments, user, details, gone)


def _write_notes(portal: Portal, ids: Ints, noted: Ints, known: Bools) -> None:
    """Write notes, which are read by people only."""
    touches, rows = portal.desk.world.touches, np.flatnonzero(known)
    made = touches.created[noted[rows]] + 40
    made = np.minimum(made, portal.desk.end - 1)
    details = {"property_hs_note_body": words(NOTES, rows % len(NOTES))}
    _write(portal, NOTE, ids[rows], (made, made, made), touches.user[noted[rows]], details)
