"""Nights in one process: the same steps as the job, without gates, Dagster and publishing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest

from orchestration.landing.build import complete_build
from orchestration.landing.land import land
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.steps.business_days import write_business_days
from orchestration.steps.identities import write_identities
from orchestration.steps.lifecycles import write_lifecycles
from orchestration.steps.texts import write_texts
from orchestration.warehouse import open_warehouse

PARTS = ("before_identity", "before_lifecycle", "after_lifecycle")


class Nights:
    """Runs nights one after the other in one home.

    Args:
        raw: The folder of raw tables; it may grow between nights.
        home: The folder of the warehouse.
        manifest: A parsed project, to save the parsing.
    """

    def __init__(self, raw: Path, home: Path, manifest: Manifest | None = None) -> None:
        self.raw = raw
        self.home = home
        self._runner = dbtRunner(manifest=manifest)

    @property
    def warehouse(self) -> Path:
        """The warehouse of these nights."""
        return self.home / "warehouse.duckdb"

    def run(self, as_of: str, *, full_refresh: bool = False) -> None:
        """Run one night as of a moment in ISO 8601; raises where any part fails."""
        moment = datetime.fromisoformat(as_of).astimezone(UTC)
        settings = Settings(raw=self.raw, home=self.home, as_of=moment)
        report = land(settings, force_full_refresh=full_refresh, log=_quiet)
        flags = ["--full-refresh"] if report.build.is_full_refresh else []
        with open_warehouse(self.warehouse) as connection:
            write_texts(connection, PROJECT_ROOT)
            write_business_days(connection, PROJECT_ROOT)
        if report.build.is_full_refresh:
            self.dbt("seed", "--full-refresh")
        self.dbt("run", "--selector", PARTS[0], *flags)
        with open_warehouse(self.warehouse) as connection:
            write_identities(connection, PROJECT_ROOT)
        self.dbt("run", "--selector", PARTS[1], *flags)
        with open_warehouse(self.warehouse) as connection:
            write_lifecycles(connection, PROJECT_ROOT)
        self.dbt("run", "--selector", PARTS[2], *flags)
        with open_warehouse(self.warehouse) as connection:
            complete_build(connection)

    def dbt(self, command: str, *arguments: str) -> Any:
        """Run one dbt command on the warehouse; raises with the failed nodes."""
        with _environment(LEADS_HOME=str(self.home)):
            result = self._runner.invoke(
                [
                    command,
                    *arguments,
                    "--quiet",
                    "--project-dir",
                    str(PROJECT_ROOT),
                    "--profiles-dir",
                    str(PROJECT_ROOT),
                    "--target-path",
                    str(self.home / "target"),
                    "--log-path",
                    str(self.home / "logs"),
                ]
            )
        failed = [
            f"{one.node.name}: {one.message}"
            for one in (getattr(result.result, "results", None) or [])
            if str(one.status) in {"error", "fail"}
        ]
        if not result.success:
            raise AssertionError("\n".join(failed) or str(result.exception))
        return result.result


def _quiet(line: str) -> None:
    del line


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
