"""Renders the stories to the tables of HubSpot, which is CRM and marketing tool at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.golden.hubspot_doings import MAILING, OWNERS, Doings, owner_id
from tests.golden.raw_tables import RawTables
from tests.golden.story import TOKYO, Event, Story, moment

_PROPERTIES = {
    "title": "jobtitle",
    "employees": "numberofemployees",
    "status": "hs_lead_status",
    "timeline": "purchase_timeline",
    "budget": "budget",
    "role": "decision_role",
    "owner": "hubspot_owner_id",
    "reject_reason": "reject_reason",
}
_COMPANY_PROPERTIES = {"type": "type", "employees": "numberofemployees"}
_BEGINNING = datetime(2025, 1, 6, 9, tzinfo=TOKYO)


class HubSpot:
    """The tables of the one tool, told story by story."""

    def __init__(self, stories: list[Story]) -> None:
        self.tables = RawTables("hubspot")
        self._stories = {story.name: story for story in stories}
        self._stages: set[str] = set()
        self._doings = Doings(self.tables)
        self.users = {owner_id(key): key for key in OWNERS}
        self._staff()
        for story in stories:
            self._contact(story)
            if "account" in story.person:
                self._company(story)
            for key in dict.fromkeys(event.what for event in story.told("opportunity")):
                self._deal(story, [e for e in story.told("opportunity") if e.what == key])
            for event in story.events:
                self._tell(story, event)

    def _staff(self) -> None:
        for key, owner in OWNERS.items():
            values = {"is_active": True, "user_id": f"1{owner_id(key)}", **owner}
            times = {"created_at": _BEGINNING, "updated_at": _BEGINNING}
            self.tables.add("owner", _BEGINNING, owner_id=owner_id(key), **times, **values)
        self.tables.add("team", _BEGINNING, id=1, name="マーケティング")
        self.tables.add("owner_team", _BEGINNING, owner_id=owner_id("marketing"), team_id=1)
        self.tables.add("email_campaign", _BEGINNING, id=MAILING, name="6月号")

    def _contact(self, story: Story) -> None:
        gone = next(story.told("delete"), None)
        moments = [story.created, *(event.at for event in story.told("set", "delete"))]
        is_in_versions = story.person.get("told_by") == "versions"
        for at in moments if is_in_versions else moments[-1:]:
            landed = max([at, *(e.landed for e in story.told("set") if e.at == at)])
            told = story.values(at)
            told["owner"] = owner_id(told.get("owner", "sales"))
            properties = {f"property_{name}": told.get(key) for key, name in _PROPERTIES.items()}
            self.tables.add(
                "contact",
                landed,
                id=story.number,
                property_email=story.email,
                property_lastname=story.name,
                property_industry=told.get("industry"),
                property_associatedcompanyid=_company_id(self._stories, story),
                property_createdate=story.created,
                property_lastmodifieddate=at,
                is_deleted=gone is not None and at == gone.at,
                **properties,
            )
        if not is_in_versions:
            self._contact_history(story)

    def _contact_history(self, story: Story) -> None:
        """A history begins with the value that a property had first."""
        begun: set[str] = set()
        for event, key, old, new in story.changes():
            if key == "owner":
                old, new = owner_id(old or "sales"), owner_id(new)
            if key not in begun:
                begun.add(key)
                self._property(story, story.created, story.created, key, old)
            self._property(story, event.at, event.landed, key, new)

    def _property(
        self, story: Story, at: datetime, landed: datetime, key: str, value: object
    ) -> None:
        name = _PROPERTIES[key]
        values = {"contact_id": story.number, "name": name, "value": value, "timestamp": at}
        self.tables.add("contact_property_history", landed, **values)

    def _company(self, story: Story) -> None:
        created = moment(story.person.get("account_created", story.created))
        values = dict(story.person["account"])
        changes = list(story.told("account"))
        for name in sorted({name for event in changes for name in event.what}):
            told = [(created, created, values.get(name))]
            told += [(e.at, e.landed, e.what[name]) for e in changes if name in e.what]
            for at, landed, value in told:
                self.tables.add(
                    "company_property_history",
                    landed,
                    company_id=story.number,
                    name=_COMPANY_PROPERTIES[name],
                    value=value,
                    timestamp=at,
                )
        for event in changes:
            values |= event.what
        self.tables.add(
            "company",
            max([story.created, *(event.landed for event in changes)]),
            id=story.number,
            property_name=f"{story.name} 株式会社",
            property_type=values.get("type"),
            property_industry=values.get("industry"),
            property_numberofemployees=values.get("employees"),
            property_website=values.get("website"),
            property_createdate=created,
            property_hs_lastmodifieddate=max([story.created, *(event.at for event in changes)]),
        )
        link = {"company_id": story.number, "contact_id": story.number, "type_id": 1}
        self.tables.add("contact_company", story.created, **link)

    def _deal(self, story: Story, states: list[Event]) -> None:
        deal_id = _deal_id(story, states[0].what)
        last = states[-1].options
        changed = moment(last.get("modified", states[-1].at))
        self.tables.add(
            "deal",
            changed,
            deal_id=deal_id,
            deal_pipeline_id="default",
            deal_pipeline_stage_id=self._stage(last),
            property_dealname=f"{story.name} {states[0].what}",
            property_closedate=last.get("close_date"),
            property_createdate=states[0].at,
            property_hs_lastmodifieddate=changed,
        )
        company_id = _company_id(self._stories, story)
        self.tables.add("deal_company", states[0].at, deal_id=deal_id, company_id=company_id)
        for event in states if "close_date" not in last else ():
            self.tables.add(
                "deal_stage",
                event.at,
                deal_id=deal_id,
                value=self._stage(event.options),
                date_entered=event.at,
            )

    def _stage(self, state: dict[str, Any]) -> str:
        """The id of a stage of the pipeline, which has one for each likelihood."""
        stage_id = f"stage-{state['stage'].lower().replace(' ', '')}-{state['probability']}"
        if stage_id not in self._stages:
            self._stages.add(stage_id)
            self.tables.add(
                "deal_pipeline_stage",
                _BEGINNING,
                stage_id=stage_id,
                pipeline_id="default",
                label=state["stage"],
                probability=state["probability"] / 100,
                is_closed=state["stage"].startswith("Closed"),
                closed_won=state["stage"] == "Closed Won",
            )
        return stage_id

    def _tell(self, story: Story, event: Event) -> None:
        if event.verb == "role":
            deal = {"deal_id": _deal_id(story, event.what), "contact_id": story.number}
            self.tables.add("deal_contact", event.landed, **deal)
        elif event.verb == "merge":
            loser = self._stories[event.what].number
            pair = {"canonical_vid": story.number, "vid_to_merge": loser, "timestamp": event.at}
            self.tables.add("contact_merge_audit", event.landed, **pair)
        else:
            self._doings.tell(story, event)


def _company_id(stories: dict[str, Story], story: Story) -> int | None:
    owner = stories[story.person.get("account_of", story.name)]
    return owner.number if "account" in owner.person else None


def _deal_id(story: Story, key: str) -> int:
    return 10 * story.number + len(key)
