"""Renders the stories' CRM side to the tables of Salesforce."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

from tests.golden.salesforce_tables import USERS, SalesforceTables, salesforce_id, user_id
from tests.golden.salesforce_work import add_campaign_member, add_meeting, add_task
from tests.golden.story import TOKYO, Event, Story, moment

_FIELDS = {
    "title": ("title", "Title"),
    "employees": ("number_of_employees", "NumberOfEmployees"),
    "status": ("status", "Status"),
    "timeline": ("purchase_timeline_c", "Purchase_Timeline__c"),
    "budget": ("budget_c", "Budget__c"),
    "role": ("decision_role_c", "Decision_Role__c"),
    "owner": ("owner_id", "OwnerId"),
    "reject_reason": ("reject_reason_c", "Reject_Reason__c"),
}
_ACCOUNT_FIELDS = {"type": "Type", "employees": "NumberOfEmployees"}
_BEGINNING = datetime(2025, 1, 6, 9, tzinfo=TOKYO)


class Salesforce:
    """The tables of the CRM, told story by story."""

    def __init__(self, stories: list[Story]) -> None:
        self.tables = SalesforceTables()
        self._stories = {story.name: story for story in stories}
        # The landing gives ids their checksum, which for digits alone is AAA.
        self.users = {f"{user_id(key)}AAA": key for key in USERS}
        for key, user in USERS.items():
            values = {"is_active": True, **user, "username": f"{key}@kumohashi.example"}
            self.tables.record("user", user_id(key), _BEGINNING, _BEGINNING, values)
        for story in stories:
            self._tell(story)

    def _tell(self, story: Story) -> None:
        if story.crm == "none":
            return
        person_id = record_id(story)
        self._person(story, person_id)
        if "account" in story.person:
            self._account(story)
        for event in story.told("call", "sales mail", "to-do"):
            add_task(self.tables, event, _person_at(story, event.at))
        for event in story.told("meeting"):
            add_meeting(self.tables, event, _person_at(story, event.at))
        for event in story.told("campaign"):
            add_campaign_member(self.tables, event, person_id)
        for key in dict.fromkeys(event.what for event in story.told("opportunity")):
            self._opportunity(story, [e for e in story.told("opportunity") if e.what == key])
        for event in story.told("role"):
            number = self.tables.number("opportunity_contact_role")
            self.tables.record(
                "opportunity_contact_role",
                salesforce_id("00K", number),
                event.at,
                event.at,
                {"opportunity_id": _opportunity_id(story, event.what), "contact_id": person_id},
                event.landed,
            )

    def _person(self, story: Story, person_id: str) -> None:
        gone = next(story.told("delete", "merged into"), None)
        converted = next(story.told("convert"), None)
        moments = [
            story.created,
            *(e.at for e in story.told("set", "convert", "delete", "merged into")),
        ]
        conversion = self._conversion(story, converted) if converted else {}
        is_in_versions = story.person.get("told_by") == "versions"
        for at in moments if is_in_versions else moments[-1:]:
            values = {**self._person_values(story, at), **conversion}
            values["is_deleted"] = gone is not None and at == gone.at
            values["master_record_id"] = self._survivor(gone)
            landed = max([at, *(e.landed for e in story.told("set") if e.at == at)])
            self.tables.record(story.crm, person_id, story.created, at, values, landed)
        for event, name, old, new in () if is_in_versions else story.changes():
            if name == "owner":
                old, new = user_id(old or "sales"), user_id(new)
            self.tables.change(story.crm, person_id, event, _FIELDS[name][1], old, new)

    def _person_values(self, story: Story, at: datetime) -> dict[str, Any]:
        told = story.values(at)
        values: dict[str, Any] = {column: told.get(name) for name, (column, _) in _FIELDS.items()}
        values |= {
            "email": story.email,
            "last_name": story.name,
            "owner_id": user_id(told.get("owner", "sales")),
            "do_not_call": told.get("do_not_call", False),
        }
        if story.crm == "contact":
            values["account_id"] = _account_id(self._stories, story)
            del values["status"], values["number_of_employees"]
        else:
            values["status"] = values["status"] or "Open - Not Contacted"
            values["company"] = f"{story.name} 株式会社"
            values["industry"] = told.get("industry")
            values["is_converted"] = any(story.told("convert"))
        return values

    def _survivor(self, gone: Event | None) -> str | None:
        is_merged = gone is not None and gone.verb == "merged into"
        return record_id(self._stories[gone.what]) if gone and is_merged else None

    def _conversion(self, story: Story, event: Event) -> dict[str, object]:
        contact_id = salesforce_id("003", story.number)
        owner = self._stories[event.options.get("account_of", story.name)]
        account_id = salesforce_id("001", owner.number)
        if owner is story:
            account = {"name": f"{story.name} 株式会社"}
            self.tables.record("account", account_id, event.at, event.at, account)
        contact = {
            "account_id": account_id,
            "email": story.email,
            "last_name": story.name,
            "title": event.options.get("title"),
        }
        self.tables.record("contact", contact_id, event.at, event.at, contact)
        if event.options.get("is_in_history", True):
            self.tables.change("lead", record_id(story), event, "leadConverted", None, None)
        return {
            "converted_contact_id": contact_id,
            "converted_account_id": account_id,
            "converted_date": event.at.date(),
        }

    def _account(self, story: Story) -> None:
        account_id = salesforce_id("001", story.number)
        values = {"name": f"{story.name} 株式会社", **story.person["account"]}
        for event in story.told("account"):
            for name, new in event.what.items():
                field = _ACCOUNT_FIELDS[name]
                self.tables.change("account", account_id, event, field, values.get(name), new)
                values[name] = new
        values["number_of_employees"] = values.pop("employees", None)
        changed = max([story.created, *(event.at for event in story.told("account"))])
        landed = max([story.created, *(event.landed for event in story.told("account"))])
        created = moment(story.person.get("account_created", story.created))
        self.tables.record("account", account_id, created, changed, values, landed)

    def _opportunity(self, story: Story, states: list[Event]) -> None:
        opportunity_id = _opportunity_id(story, states[0].what)
        last = states[-1].options
        for before, after in pairwise(states):
            stages = (before.options["stage"], after.options["stage"])
            self.tables.change("opportunity_field", opportunity_id, after, "StageName", *stages)
        values = {
            "account_id": _account_id(self._stories, story),
            "name": f"{story.name} {states[0].what}",
            "stage_name": last["stage"],
            "probability": last["probability"],
            "is_closed": last["stage"].startswith("Closed"),
            "is_won": last["stage"] == "Closed Won",
            "close_date": last.get("close_date"),
        }
        changed = moment(last.get("modified", states[-1].at))
        self.tables.record("opportunity", opportunity_id, states[0].at, changed, values)


def record_id(story: Story) -> str:
    """The id of a story's first CRM record."""
    return salesforce_id({"lead": "00Q", "contact": "003"}[story.crm], story.number)


def _person_at(story: Story, at: datetime) -> str:
    """Whom work names: the contact once there is one."""
    is_contact = any(event.at <= at for event in story.told("convert"))
    return salesforce_id("003", story.number) if is_contact else record_id(story)


def _account_id(stories: dict[str, Story], story: Story) -> str:
    owner = stories[story.person.get("account_of", story.name)]
    return salesforce_id("001", owner.number)


def _opportunity_id(story: Story, key: str) -> str:
    return salesforce_id("006", 10 * story.number + len(key))
