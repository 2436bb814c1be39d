"""Nights in one process: the same steps as the job, without gates, Dagster and publishing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest

from orchestration.defs.dbt import PARTS
from orchestration.defs.dbt_command import leave_alone
from orchestration.defs.dbt_unchanged import unchanged_nodes
from orchestration.landing.build import complete_build
from orchestration.landing.land import land
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.steps.build import unchanged_tables
from orchestration.steps.business_days import write_business_days
from orchestration.steps.identities import write_identities
from orchestration.steps.lifecycles import write_lifecycles
from orchestration.steps.texts import write_texts
from orchestration.warehouse import open_warehouse


class Nights:
    """Runs nights one after the other in one home.

    Args:
        raw: The folder of raw tables; it may grow between nights.
        home: The folder of the warehouse.
        manifest: A parsed project, to save the parsing.
        root: The project's folder.
        connectors: LEADS_CONNECTORS; None for those found.
    """

    def __init__(
        self,
        raw: Path,
        home: Path,
        manifest: Manifest | None = None,
        root: Path = PROJECT_ROOT,
        connectors: tuple[str, ...] | None = None,
    ) -> None:
        self.connectors = connectors
        self.raw = raw
        self.home = home
        self.root = root
        self._manifest = manifest
        self._content: dict[str, Any] = {}

    @property
    def warehouse(self) -> Path:
        """The warehouse of these nights."""
        return self.home / "warehouse.duckdb"

    def run(self, as_of: str, *, full_refresh: bool = False, until: int | None = None) -> None:
        """Run one night; raises where any part fails.

        Args:
            as_of: The moment it speaks about, in ISO 8601.
            full_refresh: Build everything anew.
            until: The part of dbt after which the night is cut short; None for a whole night.
        """
        moment = datetime.fromisoformat(as_of).astimezone(UTC)
        settings = Settings(raw=self.raw, home=self.home, as_of=moment, connectors=self.connectors)
        report = land(settings, force_full_refresh=full_refresh, log=_quiet, root=self.root)
        flags = ["--full-refresh"] if report.build.is_full_refresh else []
        self._step(write_texts, write_business_days, self._leave_alone)
        steps = (write_identities, write_lifecycles, _complete)
        for number, (part, step) in enumerate(zip(PARTS, steps, strict=True), start=1):
            selection = [f"--{option}={value}" for option, value in part.selection.items()]
            self.dbt("build", *selection, "--resource-type=seed", "--resource-type=model", *flags)
            if number == until:
                return
            self._step(step)

    def _leave_alone(self, connection: duckdb.DuckDBPyConnection, root: Path) -> None:
        del root
        if self._manifest is None:
            parsed = self.dbt("parse")
            assert isinstance(parsed, Manifest)
            self._manifest = parsed
        self._content = self._content or self._manifest.writable_manifest().to_dict()
        leave_alone(self._manifest, unchanged_nodes(self._content, unchanged_tables(connection)))

    def _step(self, *steps: Callable[[duckdb.DuckDBPyConnection, Path], object]) -> None:
        with open_warehouse(self.warehouse) as connection:
            for step in steps:
                step(connection, self.root)

    def dbt(self, command: str, *arguments: str) -> object:
        """Run one dbt command on the warehouse; raises with the failed nodes."""
        with _environment(LEADS_HOME=str(self.home)):
            result = dbtRunner(manifest=self._manifest).invoke(
                [
                    command,
                    *arguments,
                    "--quiet",
                    # Nobody reads them, and they take a fifth of a night.
                    "--no-write-json",
                    "--log-level-file=none",
                    "--project-dir",
                    str(self.root),
                    "--profiles-dir",
                    str(self.root),
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
        # dbt-duckdb would keep the file open until this process ends.
        if DuckDBConnectionManager._ENV is not None:
            DuckDBConnectionManager._ENV.close()
        if not result.success:
            raise AssertionError("\n".join(failed) or str(result.exception))
        return result.result


def _complete(connection: duckdb.DuckDBPyConnection, root: Path) -> None:
    del root
    complete_build(connection)


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
