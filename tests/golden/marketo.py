"""Renders the stories' marketing side to the tables of Marketo."""

from __future__ import annotations

from tests.golden import salesforce
from tests.golden.raw_tables import RawTables
from tests.golden.story import Event, Story

_MAILS = {
    "mail sent": "send_email",
    "mail delivered": "email_delivered",
    "mail opened": "open_email",
    "mail clicked": "click_email",
}
_FIELDS = {"title": "Job Title", "employees": "Number of Employees"}
_SITE = "https://www.kumohashi.example"


class Marketo:
    """The tables of the marketing tool, told story by story."""

    def __init__(self, stories: list[Story]) -> None:
        self.users: dict[str, str] = {}
        self.tables = RawTables("marketo")
        self._ids = {story.name: 1000 + story.number for story in stories}
        self._programmes: dict[str, int] = {}
        for story in stories:
            self._person(story)
            for event in story.events:
                self._tell(story, event)

    def _person(self, story: Story) -> None:
        # Where the CRM knows the person, it is the CRM that knows title and size.
        told = story.values() if story.crm == "none" else {}
        updated = max([story.created, *(e.at for e in story.told("set") if told)])
        is_linked = story.crm != "none" and "is_unlinked" not in story.person
        self.tables.add(
            "lead",
            updated,
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
            updated_at=updated,
        )

    def _tell(self, story: Story, event: Event) -> None:
        if event.verb in _MAILS:
            self._mail(story, event)
        elif event.verb in ("view", "click", "form"):
            self._visit(story, event)
        elif event.verb in ("programme", "membership"):
            self._programme(story, event)
        elif event.verb == "set" and story.crm == "none":
            self._changes(story, event)
        elif event.verb == "merge":
            self._activity(story, event, "merge_leads", merge_ids=f"[{self._ids[event.what]}]")
        elif event.verb == "delete" and event.options.get("only") != "crm":
            self._activity(story, event, "delete_lead")

    def _mail(self, story: Story, event: Event) -> None:
        link = event.options.get("link")
        self._activity(
            story,
            event,
            _MAILS[event.verb],
            primary_attribute_value=event.what,
            campaign_id=7,
            campaign_run_id=70,
            link=f"{_SITE}{link}" if link else None,
        )

    def _visit(self, story: Story, event: Event) -> None:
        if event.verb == "view":
            url = f"{_SITE}{event.what}?utm_source=x"
            self._activity(story, event, "visit_webpage", webpage_url=url)
        elif event.verb == "click":
            self._activity(story, event, "click_link", link=f"{_SITE}{event.what}")
        else:
            page = event.options.get("page")
            url = f"{_SITE}{page}" if page else ""
            self._activity(
                story, event, "fill_out_form", primary_attribute_value=event.what, webpage_url=url
            )

    def _programme(self, story: Story, event: Event) -> None:
        name = str(event.options.get("name", f"セミナー {story.name}"))
        programme_id = self._programme_id(name, story)
        if event.verb == "membership":
            self.tables.add(
                "program_membership",
                event.landed,
                program_id=programme_id,
                lead_id=self._ids[story.name],
                progression_status=event.what.title(),
                membership_date=event.at,
                updated_at=event.at,
            )
            return
        self._activity(
            story,
            event,
            "change_status_in_progression",
            program_id=programme_id,
            primary_attribute_value=name,
            new_status=event.what.title(),
        )

    def _changes(self, story: Story, event: Event) -> None:
        for changed, name, old, new in story.changes():
            if changed is event:
                self._activity(
                    story,
                    event,
                    "change_data_value",
                    primary_attribute_value=_FIELDS[name],
                    old_value=old,
                    new_value=new,
                )

    def _programme_id(self, name: str, story: Story) -> int:
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
        return self._programmes[name]

    def _activity(self, story: Story, event: Event, kind: str, **values: object) -> None:
        table = f"activity_{kind}"
        self.tables.tell(
            event,
            table,
            lead_id=self._ids[story.name],
            activity_date=event.at,
            user_agent=event.options.get("agent"),
            _fivetran_deleted=event.options.get("is_deleted", False),
            **values,
        )
