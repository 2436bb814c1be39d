"""A warehouse without rows: the models ask for the build and the landed tables when compiled."""

from __future__ import annotations

from datetime import UTC

from orchestration.landing.build import next_build_id, start_build
from orchestration.landing.control import create_control, create_landed
from orchestration.landing.declarations import read_project
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.warehouse import open_warehouse, transaction


def make_blank_warehouse(settings: Settings) -> None:
    """Make the control tables and all declared landed tables; what is there already stays.

    Args:
        settings: Where the warehouse is, and the moment of its build.

    Raises:
        LeadsError: The warehouse cannot be opened, or a declaration is wrong.
    """
    project = read_project(PROJECT_ROOT)
    with open_warehouse(settings.warehouse) as connection, transaction(connection):
        create_control(connection)
        for tables in project.connectors.values():
            for table in tables.values():
                create_landed(connection, table)
        if next_build_id(connection) == 1:
            as_of = settings.as_of.astimezone(UTC).replace(tzinfo=None)
            start_build(connection, as_of, fingerprint="", newest_synced_at=None)
