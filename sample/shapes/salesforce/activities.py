"""Salesforce tasks and events."""

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.salesforce.shared import Ids, row_ids
from sample.shapes.versions import with_earlier
from sample.store.arrow import dates, flags, same, times, words
from sample.world.arrays import HOUR, NEVER, Floats, happened, whole
from sample.world.touches import TouchKind

SUBJECTS = (
    "電話", "メール: ご案内", "フォローする", "Email: マーケティング配信", "Email: リスト共有",
    "Call", "Email: follow-up", "次回提案の準備", "[自動] メール配信ログ", "メール: 名簿送付",
)  # fmt: skip
TYPES = ("Call", "Email", "Other")
SUBTYPES = ("Call", "Email", "Task")
KIND_TYPE = np.array([0, 1, 2, 1, 1])
DISPOSITIONS = ("Connected", "No Answer", "Left Voicemail", "通話済み", "不在", "留守電")
NOTES = (
    "担当者不在。\n折り返し依頼。", "予算は来期。再度連絡する。", "興味あり。\n資料送付済み。",
    '"検討中" とのこと、来月フォロー', "つながらず",
)  # fmt: skip
STATUSES = ("Completed", "Not Started", "In Progress", "完了")
MEETINGS = (
    "オンライン商談",
    "オンライン商談",
    "訪問",
    "Product demo",
    "キャンセル: オンライン商談",
)
CALLED_OFF = len(MEETINGS) - 1


def write_activities(desk: Desk, ids: Ids) -> None:
    """Write task and event."""
    _write_tasks(desk, ids)
    _write_events(desk, ids)


def _write_tasks(desk: Desk, ids: Ids) -> None:
    """Write calls, mails and to-dos, logged by people or by the integration."""
    touches, rng = desk.world.touches, desk.rng("tasks")
    size, done = len(touches.person), happened(touches.done)
    changed = np.maximum(touches.created, np.where(done, touches.done, 0))
    row, is_first = with_earlier(rng, touches.created, changed, desk.end)
    chance: Floats = rng.random((6, size))[:, row]
    person, kind, created = touches.person[row], touches.kind[row], touches.created[row]
    closed = done[row] & ~is_first
    at = np.where(is_first, created, np.minimum(changed[row], desk.end - 1))
    contact = desk.world.records.contact[person] <= created
    spoken = touches.disposition[row] + 3 * (chance[1] < 0.4)
    status = np.where(closed, 3 * (chance[2] < 0.1), np.where(chance[2] < 0.8, 1, 2))
    logged = np.where(closed & (chance[3] < 0.8), touches.done[row], NEVER)
    noted = (chance[4] < 0.25) & (kind != TouchKind.AUTO_MAIL)
    note = np.where(noted, whole(chance[4] * 4 * len(NOTES)), -1)
    columns = {
        "id": words(row_ids(desk, "task", size), row),
        "who_id": ids.who(rng, person, created),
        "what_id": words(ids.deal, touches.deal[row]),
        "account_id": ids.accounts(desk.world.people.company[person], contact),
        "owner_id": ids.users(touches.user[row]),
        "subject": words(SUBJECTS, kind + 5 * (chance[0] < 0.4)),
        "type": words(TYPES, np.where(chance[5] < 0.8, KIND_TYPE[kind], -1)),
        "task_subtype": words(SUBTYPES, KIND_TYPE[kind]),
        "status": words(STATUSES, status),
        "is_closed": flags(closed),
        "priority": words(["Normal", "High"], whole(chance[5] * 1.1)),
        "activity_date": dates(touches.due[row]),
        "completed_date_time": times(logged),
        "call_disposition": words(
            DISPOSITIONS, np.where((touches.disposition[row] >= 0) & closed, spoken, -1)
        ),
        "description": words(NOTES, note),
        "created_by_id": ids.users(touches.user[row]),
        "created_date": times(created),
        "last_modified_date": times(at),
        "system_modstamp": times(at),
        "is_deleted": flags((chance[3] > 0.995) & ~is_first),
    }
    desk.put(("salesforce", "task"), columns, at, time="created_date")


def _write_events(desk: Desk, ids: Ids) -> None:
    """Write meetings: held, planned and cancelled ones, some as they were first planned too."""
    meetings, rng = desk.world.meetings, desk.rng("events")
    size, booked = len(meetings.person), meetings.booked
    changed = np.minimum(meetings.start - HOUR, desk.end - 1)
    changed = np.maximum(np.where(meetings.cancelled, changed, booked), booked)
    row, is_first = with_earlier(rng, booked, changed, desk.end)
    chance: Floats = rng.random((3, size))[:, row]
    person, off = meetings.person[row], meetings.cancelled[row] & ~is_first
    at = np.where(is_first, booked[row], changed[row])
    removed, marked = off & (chance[0] < 0.65), off & (chance[0] >= 0.65)
    contact = desk.world.records.contact[person] <= booked[row]
    subject = np.where(marked, CALLED_OFF, whole(chance[1] * CALLED_OFF))
    typed = np.where(chance[2] < 0.9, 0, -1)
    columns = {
        "id": words(row_ids(desk, "event", size), row),
        "who_id": ids.who(rng, person, booked[row]),
        "what_id": words(ids.deal, meetings.deal[row]),
        "account_id": ids.accounts(desk.world.people.company[person], contact),
        "owner_id": ids.users(meetings.user[row]),
        "subject": words(MEETINGS, subject),
        "type": words(["Meeting", "キャンセル"], np.where(marked, 1, typed)),
        "event_subtype": same("Event", len(row)),
        "show_as": words(["Busy", "Free"], marked.astype(np.int64)),
        "start_date_time": times(meetings.start[row]),
        "end_date_time": times(meetings.finish[row]),
        "activity_date": dates(meetings.start[row]),
        "is_all_day_event": flags(np.zeros(len(row), dtype=np.bool_)),
        "is_deleted": flags(removed),
        "created_by_id": ids.users(meetings.user[row]),
        "created_date": times(booked[row]),
        "last_modified_date": times(at),
        "system_modstamp": times(at),
    }
    desk.put(("salesforce", "event"), columns, at, time="created_date")
