"""Raw tables under way to their files."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

from tests.golden.story import Event


class RawTables:
    """Collects the rows of one connector's tables."""

    def __init__(self, connector: str) -> None:
        self.connector = connector
        self.rows: dict[str, list[dict[str, object]]] = defaultdict(list)

    def add(self, table: str, landed: datetime, **values: object) -> None:
        """Add a row."""
        self.rows[table].append({**values, "_fivetran_synced": landed})

    def tell(self, event: Event, table: str, **values: object) -> None:
        """Add the row that tells of an event, as often as it landed."""
        number = self.number(table)
        for _ in range(event.options.get("copies", 1)):
            self.add(table, event.landed, **{"id": f"{table}-{number}", **values})

    def number(self, table: str) -> int:
        """The number of the next row of a table."""
        return len(self.rows[table]) + 1

    def write(self, raw: Path) -> None:
        """Write a CSV file per table; times as UTC, no column that is empty throughout."""
        folder = raw / self.connector
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in self.rows.items():
            told = (name for row in rows for name, value in row.items() if value is not None)
            columns = list(dict.fromkeys(told))
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows([_text(row.get(name)) for name in columns] for row in rows)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
