"""Renders the stories' marketing side to the tables of Pardot."""

from __future__ import annotations

from tests.golden import salesforce
from tests.golden.raw_tables import RawTables
from tests.golden.story import Event, Story

# Numbers and names of what visitors do.
_KINDS = {
    "click": (1, "Custom Redirect"),
    "form": (4, "Form"),
    "mail sent": (6, "Email"),
    "mail opened": (11, "Email"),
    "mail clicked": (1, "Email Tracker"),
    "invited": (23, "Webinar"),
    "attended": (24, "Webinar"),
    "registered": (25, "Webinar"),
}
_SITE = "https://www.kumohashi.example"


class Pardot:
    """The tables of the marketing tool, told story by story."""

    def __init__(self, stories: list[Story]) -> None:
        self.users: dict[str, str] = {}
        self.tables = RawTables("pardot")
        for story in stories:
            self._person(story)
            for event in story.events:
                self._tell(story, event)

    def _person(self, story: Story) -> None:
        # Where the CRM knows the person, it is the CRM that knows title and size.
        told = story.person if story.crm == "none" else {}
        is_linked = story.crm != "none" and "is_unlinked" not in story.person
        gone = next((e for e in story.told("delete") if e.options.get("only") != "crm"), None)
        updated = gone.at if gone else story.created
        record_id = salesforce.record_id(story) if is_linked else None
        self.tables.add(
            "prospect",
            updated,
            id=story.number,
            email=story.person.get("other_email", story.email),
            last_name=story.name,
            job_title=told.get("title"),
            employees=told.get("employees"),
            crm_lead_fid=record_id if story.crm == "lead" else None,
            crm_contact_fid=record_id if story.crm == "contact" else None,
            is_deleted=gone is not None,
            created_at=story.created,
            updated_at=updated,
        )
        self.tables.add(
            "visitor",
            story.created,
            id=f"browser-{story.number}",
            prospect_id=story.number,
            created_at=story.created,
            updated_at=story.created,
        )

    def _tell(self, story: Story, event: Event) -> None:
        if event.verb == "view":
            self._page_view(story, event, str(event.what))
        elif event.verb == "form":
            page = event.options.get("page")
            view_id = self._page_view(story, event, page) if page else None
            self._activity(story, event, "form", event.what, visitor_page_view_id=view_id)
        elif event.verb == "click":
            self._activity(story, event, "click", f"{_SITE}{event.what}")
        elif event.verb == "programme" and event.what in _KINDS:
            name = event.options.get("name", f"セミナー {story.name}")
            self._activity(story, event, event.what, name)
        elif event.verb == "mail clicked":
            link = f"{_SITE}{event.options['link']}"
            self._activity(story, event, event.verb, link, list_email_id=7)
        elif event.verb in _KINDS:
            self._activity(story, event, event.verb, event.what, list_email_id=7)

    def _page_view(self, story: Story, event: Event, page: str) -> str:
        view_id = f"view-{self.tables.number('visitor_page_view')}"
        self.tables.add(
            "visitor_page_view",
            event.landed,
            id=view_id,
            visitor_id=f"browser-{story.number}",
            url=f"{_SITE}{page}?utm_source=x",
            created_at=event.at,
            _fivetran_deleted=event.options.get("is_deleted", False),
        )
        return view_id

    def _activity(
        self, story: Story, event: Event, kind: str, details: object, **values: object
    ) -> None:
        number, name = _KINDS[kind]
        self.tables.tell(
            event,
            "visitor_activity",
            prospect_id=story.number,
            type=number,
            type_name=name,
            details=details,
            created_at=event.at,
            updated_at=event.at,
            **{"visitor_page_view_id": None, "list_email_id": None, **values},
        )
