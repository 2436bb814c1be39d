"""What a gate looks at: the build under way and the tables it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import duckdb

from orchestration.errors import LeadsError
from orchestration.gates.settings import GateSettings
from orchestration.settings import PROJECT_ROOT

MARTS = PROJECT_ROOT / "models" / "marts"


@dataclass(frozen=True)
class LandedTable:
    """A declared table of a connector, as it lies in the warehouse."""

    connector: str
    table_name: str

    @property
    def relation(self) -> str:
        """The name to select from."""
        return f'landed_{self.connector}."{self.table_name}"'


@dataclass(frozen=True)
class Subject:
    """The build under way, as the gates look at it.

    Attributes:
        build_id: Its number.
        as_of: The moment it speaks about, naive UTC.
        landed_tables: The declared tables.
        marts: The tables that the project publishes.
        settings: What people set about the gates.
    """

    build_id: int
    as_of: datetime
    landed_tables: tuple[LandedTable, ...]
    marts: frozenset[str]
    settings: GateSettings

    @property
    def today(self) -> date:
        """The calendar day of the as-of."""
        zone = ZoneInfo(self.settings.time_zone)
        return self.as_of.replace(tzinfo=UTC).astimezone(zone).date()

    def over_landed_tables(self, columns: str, rest: str = "") -> str:
        """Write one query over all landed tables.

        Args:
            columns: What to select of each, beside `connector` and `table_name`.
            rest: What follows the table's name, such as a condition.
        """
        return " union all ".join(
            f"select '{table.connector}' as connector, '{table.table_name}' as table_name,"
            f" {columns} from {table.relation} {rest}"
            for table in self.landed_tables
        )


def read_subject(connection: duckdb.DuckDBPyConnection, settings: GateSettings) -> Subject:
    """Read the build under way from the control schema, and the marts from the project.

    Args:
        connection: The open warehouse.
        settings: What people set about the gates.

    Raises:
        LeadsError: Nothing has landed.
    """
    try:
        builds = connection.execute("select build_id, as_of from control.build").fetchall()
        tables = connection.execute(
            "select connector, table_name from control.landed_tables where is_declared order by all"
        ).fetchall()
    except duckdb.CatalogException as error:
        raise _nothing_landed() from error
    if len(builds) != 1 or not tables:
        raise _nothing_landed()
    build_id, as_of = builds[0]
    return Subject(
        build_id=build_id,
        as_of=as_of,
        landed_tables=tuple(LandedTable(*table) for table in tables),
        marts=frozenset(path.stem for path in MARTS.rglob("*.sql")),
        settings=settings,
    )


def _nothing_landed() -> LeadsError:
    return LeadsError(
        "there is no build to check",
        where="control.build and control.landed_tables in the warehouse",
        mend="land the raw tables first, with make nightly",
    )
