"""A warehouse without rows: what the models ask for when they are compiled, built and tested."""

from __future__ import annotations

from datetime import UTC

import duckdb

from orchestration.landing.build import next_build_id, start_build
from orchestration.landing.control import create_control, create_landed
from orchestration.landing.declarations import read_project
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.steps.business_days import write_business_days
from orchestration.steps.identities import create_identities
from orchestration.steps.lifecycles import create_lifecycles
from orchestration.steps.texts import write_texts
from orchestration.warehouse import open_warehouse, transaction


def make_blank_warehouse(settings: Settings) -> None:
    """Make all tables that dbt reads and does not build; what is there already stays.

    Args:
        settings: Where the warehouse is, and the moment of its build.

    Raises:
        LeadsError: The warehouse cannot be opened, or a declaration is wrong.
    """
    project = read_project(PROJECT_ROOT)
    with open_warehouse(settings.warehouse, memory_limit=settings.memory) as connection:
        with transaction(connection):
            create_control(connection)
            for tables in project.connectors.values():
                for table in tables.values():
                    create_landed(connection, table)
            is_new = next_build_id(connection) == 1
            if is_new:
                as_of = settings.as_of.astimezone(UTC).replace(tzinfo=None)
                start_build(connection, as_of, fingerprint="", newest_synced_at=None)
        if is_new:
            write_texts(connection, PROJECT_ROOT)
            write_business_days(connection, PROJECT_ROOT)
            create_identities(connection)
            create_lifecycles(connection)


def holds_rows(settings: Settings) -> bool:
    """Tell whether anything ever landed in the warehouse.

    Args:
        settings: Where the warehouse is.

    Raises:
        LeadsError: The warehouse cannot be opened.
    """
    if not settings.warehouse.exists():
        return False
    with open_warehouse(settings.warehouse) as connection:
        try:
            return connection.execute("select 1 from control.landed_files").fetchone() is not None
        except duckdb.CatalogException:
            return False
