"""Records and histories as Salesforce has them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.golden.raw_tables import RawTables
from tests.golden.story import Event

USERS: dict[str, dict[str, object]] = {
    "sales": {"name": "佐藤 涼", "department": "営業"},
    "marketing": {"name": "鈴木 茜", "department": "マーケティング"},
    "former": {"name": "高橋 健", "department": "営業", "is_active": False},
    "colleague": {"name": "伊藤 葵", "department": "営業"},
    "program": {"name": "Marketo Integration", "department": None},
}


def salesforce_id(prefix: str, number: int) -> str:
    """A record id of 15 characters."""
    return f"{prefix}{number:012d}"


def user_id(key: str) -> str:
    """The id of a user."""
    return salesforce_id("005", 1 + list(USERS).index(key))


class SalesforceTables(RawTables):
    """The tables of the CRM."""

    def __init__(self) -> None:
        super().__init__("salesforce")

    def record(
        self,
        table: str,
        key: str,
        created: datetime,
        changed: datetime,
        values: dict[str, Any],
        landed: datetime | None = None,
    ) -> None:
        """Add a version of a record."""
        self.add(
            table,
            landed or changed,
            id=key,
            created_date=created,
            system_modstamp=changed,
            **values,
        )

    def change(
        self, kind: str, record: str, event: Event, field: str, old: object, new: object
    ) -> None:
        """Add a change of a field."""
        table = f"{kind}_history"
        owner = "opportunity_id" if kind == "opportunity_field" else f"{kind}_id"
        values: dict[str, Any] = {owner: record, "field": field}
        self.add(
            table,
            event.landed,
            id=salesforce_id("017", self.number(table)),
            old_value=old,
            new_value=new,
            created_date=event.at,
            **values,
        )
