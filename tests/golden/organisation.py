"""One night over the organisation in one mix of tools, and what its marts say of each story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from dbt.contracts.graph.manifest import Manifest

from orchestration.warehouse import open_warehouse
from tests.golden.hubspot import HubSpot
from tests.golden.marketo import Marketo
from tests.golden.pardot import Pardot
from tests.golden.raw_tables import RawTables
from tests.golden.salesforce import Salesforce
from tests.golden.story import TOKYO, Story, moment, read_stories
from tests.support.nights import Nights

AS_OF = moment("2026-06-30 18:00")


class Tool(Protocol):
    """Renders stories to the raw tables of one connector; `users` names the owners by their ids."""

    @property
    def tables(self) -> RawTables: ...

    @property
    def users(self) -> dict[str, str]: ...


# The tools of each mix; each renders the stories to its own tables.
SHAPES: dict[str, tuple[Callable[[list[Story]], Tool], ...]] = {
    "salesforce_marketo": (Salesforce, Marketo),
    "salesforce_pardot": (Salesforce, Pardot),
    "hubspot": (HubSpot,),
}
# What a mix has no way to tell: HubSpot knows no attendance, no conversion and no files.
UNTOLD = {"hubspot": ("programme", "membership", "campaign", "convert", "click")}


class Organisation:
    """The stories and the marts that one night made of them.

    Args:
        shape: A mix of tools.
        folder: For raw tables and the warehouse.
        manifest: The parsed project, to save the parsing.
    """

    def __init__(self, shape: str, folder: Path, manifest: Manifest | None = None) -> None:
        self.shape = shape
        self.stories = read_stories(shape, UNTOLD.get(shape, ()))
        tools = [tool(self.stories) for tool in SHAPES[shape]]
        self.tables: list[RawTables] = [tool.tables for tool in tools]
        self.users: dict[str, str] = {}
        for tool in tools:
            self.users |= tool.users
        for tables in self.tables:
            tables.write(folder / "raw")
        nights = Nights(folder / "raw", folder / "home", manifest)
        nights.run(AS_OF.isoformat())
        self._warehouse = nights.warehouse
        self._names: dict[str, str] = {}
        told = {story.email.lower(): story.name for story in self.leads}
        for row in self.rows("select lead_id, email from dim_leads"):
            self._names[row["lead_id"]] = told[row["email"]]

    @property
    def leads(self) -> list[Story]:
        """The stories that end as a lead of their own."""
        return [
            story
            for story in self.stories
            if not story.expected.get("is_gone") and "one_person_with" not in story.expected
        ]

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Query the marts; times come as text, in Tokyo's."""
        with open_warehouse(self._warehouse) as connection:
            relation = connection.sql(query)
            rows = relation.fetchall()
            return [dict(zip(relation.columns, map(_local, row), strict=True)) for row in rows]

    def by_story(self, query: str) -> dict[str, list[dict[str, Any]]]:
        """The rows of each story; the query yields their lead_id."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self.rows(query):
            found[self._names[row.pop("lead_id")]].append(row)
        return found


def _local(value: object) -> object:
    if isinstance(value, datetime):
        return shown(value.replace(tzinfo=UTC))
    return value


def shown(at: datetime) -> str:
    """A moment as the text that tests compare, in Tokyo."""
    return f"{at.astimezone(TOKYO):%Y-%m-%d %H:%M:%S}"
