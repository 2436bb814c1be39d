"""Renders what people and sales do to the tables of HubSpot."""

from __future__ import annotations

from typing import Any

from tests.golden.raw_tables import RawTables
from tests.golden.story import Event, Story, moment

OWNERS: dict[str, dict[str, object]] = {
    "sales": {"last_name": "佐藤", "first_name": "涼"},
    "marketing": {"last_name": "鈴木", "first_name": "茜"},
    "former": {"last_name": "高橋", "first_name": "健", "is_active": False},
    "colleague": {"last_name": "伊藤", "first_name": "葵"},
    "program": {"last_name": "Integration", "first_name": "Marketo"},
}
_MAILS = {
    "mail sent": "SENT",
    "mail delivered": "DELIVERED",
    "mail opened": "OPEN",
    "mail clicked": "CLICK",
}
_KINDS = {"call": "call", "sales mail": "email", "to-do": "task", "meeting": "meeting"}
_SITE = "https://www.kumohashi.example"
MAILING = 7


def owner_id(key: str) -> str:
    """The id of an owner."""
    return str(9001 + list(OWNERS).index(key))


class Doings:
    """Tells of visits, forms, mails and the work of sales."""

    def __init__(self, tables: RawTables) -> None:
        self.tables = tables
        self._sendings: dict[str, str] = {}

    def tell(self, story: Story, event: Event) -> None:
        """Add the rows of an event; of other kinds of events none."""
        if event.verb in _MAILS:
            self._mail(story, event)
        elif event.verb == "view":
            agent = event.options.get("agent")
            url = _url(event.what)
            self._event(story, event, "contact_page_view", page_url=url, user_agent=agent)
        elif event.verb == "form":
            page = event.options.get("page")
            told = {"title": event.what, "page_url": _url(page) if page else None, "id": None}
            key = f"form-{self.tables.number('contact_form_submission')}"
            self._event(story, event, "contact_form_submission", conversion_id=key, **told)
        elif event.verb in _KINDS:
            self._work(story, event)

    def _event(self, story: Story, event: Event, table: str, **values: object) -> None:
        self.tables.tell(
            event,
            table,
            contact_id=story.number,
            timestamp=event.at,
            _fivetran_deleted=event.options.get("is_deleted", False),
            **values,
        )

    def _mail(self, story: Story, event: Event) -> None:
        event_id = f"mail-{self.tables.number('email_event')}"
        if event.verb == "mail sent":
            self._sendings[story.name] = event_id
        self.tables.add(
            "email_event",
            event.landed,
            id=event_id,
            type=_MAILS[event.verb],
            sent_by_id=None if event.verb == "mail sent" else self._sendings[story.name],
            recipient=story.email,
            filtered_event=event.options.get("is_filtered", False),
            email_campaign_id=MAILING,
            created=event.at,
        )
        if event.verb == "mail clicked":
            url = _url(event.options["link"])
            self.tables.add("email_event_click", event.landed, id=event_id, url=url)

    def _work(self, story: Story, event: Event) -> None:
        kind = _KINDS[event.verb]
        number = self.tables.number("engagement")
        who = owner_id(event.options.get("by", "sales"))
        made = {"created_at": event.at, "last_updated": event.at}
        self.tables.add(
            "engagement",
            event.landed,
            id=number,
            type=kind.upper(),
            owner_id=who,
            **made,
        )
        self.tables.add(
            "engagement_contact", event.landed, engagement_id=number, contact_id=story.number
        )
        self.tables.add(
            f"engagement_{kind}", event.landed, engagement_id=number, **_particulars(event)
        )


def _particulars(event: Event) -> dict[str, Any]:
    """What the table of its kind tells of a piece of work."""
    if event.verb == "call":
        answers = {"answered": "Connected", "no answer": "No answer"}
        return {"property_hs_call_disposition": answers[event.what]}
    if event.verb == "meeting":
        return {
            "property_hs_meeting_outcome": (
                "CANCELED" if event.options.get("is_cancelled") else "COMPLETED"
            ),
            "property_hs_meeting_start_time": event.at,
            "property_hs_meeting_end_time": moment(event.options["until"]),
        }
    if event.verb == "to-do":
        is_open = event.options.get("is_open", False)
        return {
            "property_hs_task_status": "NOT_STARTED" if is_open else "COMPLETED",
            "property_hs_task_completion_date": None if is_open else event.at,
        }
    return {"property_hs_email_direction": "EMAIL", "property_hs_email_status": "SENT"}


def _url(path: object) -> str:
    return f"{_SITE}{path}?utm_source=x"
