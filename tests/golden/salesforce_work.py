"""Renders what sales did to the tables of Salesforce."""

from __future__ import annotations

from tests.golden.salesforce_tables import SalesforceTables, salesforce_id, user_id
from tests.golden.story import Event, moment


def add_task(tables: SalesforceTables, event: Event, person_id: str) -> None:
    """Add a task, open or done."""
    is_open = event.options.get("is_open", False)
    answers = {"answered": "Connected", "no answer": "No Answer"}
    values = {
        "who_id": person_id,
        "task_subtype": {"call": "Call", "sales mail": "Email", "to-do": "Task"}[event.verb],
        "call_disposition": answers[event.what] if event.verb == "call" else None,
        "is_closed": not is_open,
        "completed_date_time": event.at if event.options.get("completed", not is_open) else None,
        **_by(event),
    }
    tables.record("task", salesforce_id("00T", tables.number("task")), event.at, event.at, values)


def add_meeting(tables: SalesforceTables, event: Event, person_id: str) -> None:
    """Add a calendar event."""
    values = {
        "who_id": person_id,
        "event_subtype": "Event",
        "status": "Cancelled" if event.options.get("is_cancelled") else None,
        "start_date_time": event.at,
        "end_date_time": moment(event.options["until"]),
        **_by(event),
    }
    number = tables.number("event")
    tables.record("event", salesforce_id("00U", number), event.at, event.at, values)


def add_campaign_member(tables: SalesforceTables, event: Event, person_id: str) -> None:
    """Add a campaign and its one member."""
    number = tables.number("campaign")
    campaign_id = salesforce_id("701", number)
    campaign = {"name": event.options["name"], "type": "Webinar"}
    tables.record("campaign", campaign_id, event.at, event.at, campaign)
    values = {
        "campaign_id": campaign_id,
        "lead_id": person_id,
        "status": event.what,
        "first_responded_date": event.at.date(),
    }
    tables.record("campaign_member", salesforce_id("00v", number), event.at, event.at, values)


def _by(event: Event) -> dict[str, object]:
    who = user_id(event.options.get("by", "sales"))
    return {"owner_id": who, "created_by_id": who}
