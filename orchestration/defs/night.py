"""The night: its settings, and that there is only one at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import dagster as dg
import duckdb
from pydantic import PrivateAttr

from orchestration.defs.dbt_command import DbtProject, read_project
from orchestration.defs.reporting import PROGRESS
from orchestration.errors import LeadsError
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.warehouse import open_warehouse


class Night(dg.ConfigurableResource):  # type: ignore[type-arg]
    """What the steps of one run share. While it lives, no other night can begin in this home."""

    _settings: Settings = PrivateAttr()
    _dbt_project: DbtProject = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Night]:
        """Read the settings once, so that all steps speak about the same moment."""
        with ExitStack() as until_the_end:
            try:
                self._settings = Settings.from_environment()
                until_the_end.enter_context(only_night(self._settings.home))
            except LeadsError as error:
                PROGRESS.error("%s", error)
                raise
            until_the_end.enter_context(settings_for_dbt(self._settings))
            yield self

    @property
    def settings(self) -> Settings:
        """The settings of this run."""
        return self._settings

    def dbt_project(self) -> DbtProject:
        """Read the dbt project, once for all its parts."""
        if self._dbt_project is None:
            self._dbt_project = read_project(PROJECT_ROOT, self._settings.home / "dbt")
        return self._dbt_project

    def warehouse(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Open the warehouse until the end of a block: dbt, another process, needs it next."""
        return open_warehouse(self._settings.warehouse, memory_limit=self._settings.memory)


@contextmanager
def only_night(home: Path) -> Iterator[None]:
    """Hold the home for one night; the lock goes with the process, however that ends.

    Args:
        home: LEADS_HOME.

    Raises:
        LeadsError: Another night is under way, or the folder cannot be written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        file = (home / "night.lock").open("a+")
    except OSError as error:
        raise LeadsError(
            f"the folder cannot be written: {error.strerror}",
            where=f"LEADS_HOME, {home}",
            mend="set LEADS_HOME to a folder that can be written",
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise LeadsError(
                f"another night is under way, in process {file.read().strip() or 'unknown'}",
                where=str(home),
                mend="let it end, or end it; the next night then takes up from where it was",
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextmanager
def settings_for_dbt(settings: Settings) -> Iterator[None]:
    """Let dbt, which runs in the project's folder, find the home wherever this process runs."""
    held = {
        "LEADS_HOME": str(settings.home),
        "LEADS_TARGET": settings.target,
        "LEADS_MEMORY": settings.memory,
    }
    before = {name: os.environ.get(name) for name in held}
    os.environ |= held
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
