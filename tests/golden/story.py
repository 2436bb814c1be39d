"""Stories as they are written in YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

TOKYO = ZoneInfo("Asia/Tokyo")
FOLDER = Path(__file__).parent

# What these are about are new values; of others values are particulars.
_WITH_VALUES = ("set", "account")


@dataclass(frozen=True)
class Event:
    """One thing that happens.

    Attributes:
        at: When.
        verb: What kind of thing; renderers know the verbs.
        what: About what: a path, a form, a mail, a status, an opportunity, or new values.
        options: Further particulars; `landed` says when the row reached the warehouse, else at
            once, `copies` how often.
    """

    at: datetime
    verb: str
    what: Any
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def landed(self) -> datetime:
        """When its row landed."""
        return moment(self.options["landed"]) if "landed" in self.options else self.at


@dataclass(frozen=True)
class Story:
    """One lead.

    Attributes:
        name: Its key.
        number: Unique, for record ids.
        created: When its records were made.
        person: First values: title, employees, role, timeline, budget, industry, email,
            do_not_call; `crm` tells the kind of CRM record (lead, contact, none), `account` the
            values of its company, `account_of` whose company it shares.
        events: What happens, in order of time.
        expected: What must follow.
    """

    name: str
    number: int
    created: datetime
    person: dict[str, Any]
    events: list[Event]
    expected: dict[str, Any]

    @property
    def email(self) -> str:
        """The address."""
        return str(self.person.get("email", f"lead@{self.name}.example"))

    @property
    def crm(self) -> str:
        """The kind of CRM record: lead, contact or none."""
        return str(self.person.get("crm", "lead"))

    def told(self, *verbs: str) -> Iterator[Event]:
        """The events of some verbs."""
        return (event for event in self.events if event.verb in verbs)

    def values(self, at: datetime | None = None) -> dict[str, Any]:
        """The values of the person at a moment, or after all that happens."""
        values = dict(self.person)
        for event in self.told("set"):
            values |= event.what if at is None or event.at <= at else {}
        return values

    def changes(self) -> Iterator[tuple[Event, str, Any, Any]]:
        """The changes of the person's values: the event, which value, from what, to what."""
        values = dict(self.person)
        for event in self.told("set"):
            for name, new in event.what.items():
                yield event, name, values.get(name), new
            values |= event.what


def moment(text: object) -> datetime:
    """A time of Tokyo, as YAML reads it."""
    if isinstance(text, date) and not isinstance(text, datetime):
        text = text.isoformat()
    return datetime.fromisoformat(str(text)).replace(tzinfo=TOKYO)


def read_stories(shape: str, untold: tuple[str, ...] = ()) -> list[Story]:
    """Read the stories that a mix of tools can tell.

    Args:
        shape: The mix.
        untold: The verbs that none of its tools has a table for.

    Returns:
        The stories, without those that name other mixes or use such a verb.
    """
    told: list[dict[str, Any]] = []
    for file in sorted((FOLDER / "stories").glob("*.yml")):
        told += yaml.safe_load(file.read_text(encoding="utf-8"))
    assert len({one["story"] for one in told}) == len(told), "two stories of one name"
    stories = [
        Story(
            name=one["story"],
            number=number,
            created=moment(one["created"]),
            person=one.get("person", {}),
            events=sorted(map(_event, one.get("happens", [])), key=lambda event: event.at),
            expected=one,
        )
        for number, one in enumerate(told, start=1)
        if shape in one.get("shapes", [shape])
    ]
    return [story for story in stories if not any(story.told(*untold))]


def read_expected(name: str) -> list[Any]:
    """Read what is expected of the whole organisation."""
    expected: list[Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return expected


def _event(row: list[Any]) -> Event:
    at, verb, *rest = row
    what = rest.pop(0) if verb in _WITH_VALUES or not isinstance(rest[0], dict) else None
    return Event(moment(at), verb, what, *rest)
