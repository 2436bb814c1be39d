"""Renders the stories' marketing side to the tables of Marketo."""

from __future__ import annotations

from tests.golden import salesforce
from tests.golden.raw_tables import RawTables
from tests.golden.story import Event, Story

_MAILS = {
    "mail sent": "activity_send_email",
    "mail delivered": "activity_email_delivered",
    "mail opened": "activity_open_email",
    "mail clicked": "activity_click_email",
}
_SITE = "https://www.kumohashi.example"


class Marketo:
    """The tables of the marketing tool, told story by story."""

    def __init__(self, stories: list[Story]) -> None:
        self.tables = RawTables("marketo")
        self._ids = {story.name: 1000 + story.number for story in stories}
        self._programmes: dict[str, int] = {}
        for story in stories:
            self._person(story)
            for event in story.events:
                self._tell(story, event)

    def _person(self, story: Story) -> None:
        # Where the CRM knows the person, it is the CRM that knows title and size.
        told = story.person if story.crm == "none" else {}
        is_linked = story.crm != "none" and "is_unlinked" not in story.person
        self.tables.add(
            "lead",
            story.created,
            id=self._ids[story.name],
            email=story.person.get("other_email", story.email),
            last_name=story.name,
            title=told.get("title"),
            number_of_employees=told.get("employees"),
            sfdc_lead_id=salesforce.record_id(story) if is_linked and story.crm == "lead" else None,
            sfdc_contact_id=(
                salesforce.record_id(story) if is_linked and story.crm == "contact" else None
            ),
            created_at=story.created,
            updated_at=story.created,
        )

    def _tell(self, story: Story, event: Event) -> None:
        match event.verb:
            case "view":
                self._activity(
                    story, event, "visit_webpage", webpage_url=f"{_SITE}{event.what}?utm_source=x"
                )
            case "click":
                self._activity(story, event, "click_link", link=f"{_SITE}{event.what}")
            case "form":
                page = event.options.get("page")
                self._activity(
                    story,
                    event,
                    "fill_out_form",
                    primary_attribute_value=event.what,
                    webpage_url=f"{_SITE}{page}" if page else None,
                )
            case "programme":
                self._programme(story, event)
            case "merge":
                self._activity(story, event, "merge_leads", merge_ids=f"[{self._ids[event.what]}]")
            case "delete":
                self._activity(story, event, "delete_lead")
            case verb if verb in _MAILS:
                link = event.options.get("link")
                self._activity(
                    story,
                    event,
                    _MAILS[verb].removeprefix("activity_"),
                    primary_attribute_value=event.what,
                    campaign_id=7,
                    campaign_run_id=70,
                    link=f"{_SITE}{link}" if link else None,
                )

    def _programme(self, story: Story, event: Event) -> None:
        name = event.options.get("name", f"セミナー {story.name}")
        if name not in self._programmes:
            self._programmes[name] = 500 + len(self._programmes)
            self.tables.add(
                "program",
                story.created,
                id=self._programmes[name],
                name=name,
                channel="Webinar",
                created_at=story.created,
                updated_at=story.created,
            )
        self._activity(
            story,
            event,
            "change_status_in_progression",
            program_id=self._programmes[name],
            primary_attribute_value=name,
            new_status=event.what.title(),
        )

    def _activity(self, story: Story, event: Event, kind: str, **values: object) -> None:
        table = f"activity_{kind}"
        self.tables.add(
            table,
            event.landed,
            copies=event.options.get("copies", 1),
            id=f"{table}-{self.tables.number(table)}",
            lead_id=self._ids[story.name],
            activity_date=event.at,
            user_agent=event.options.get("agent"),
            **values,
        )
