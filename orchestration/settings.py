"""Settings of a run. The only place that reads the environment or the clock."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from orchestration.errors import LeadsError

PROJECT_ROOT = Path(__file__).resolve().parent.parent
TARGETS = ("duckdb", "spark")
# Beside the engine, Python takes some 2 GB at 10 million activities: together at most 8 GB.
MOST_MEMORY_MB = 6_000
_MEMORY = re.compile(r"\d+(\.\d+)?[MGT]i?B", re.IGNORECASE)


@dataclass(frozen=True)
class Settings:
    """Where a run reads and writes, and the moment it speaks about.

    Attributes:
        raw: Folder of raw tables, `<raw>/<connector>/<table>.csv`.
        home: Folder of the warehouse and of what is published.
        as_of: The moment of the build, timezone-aware UTC.
        target: The dbt target.
        connectors: The connectors to read, or None for those found under `raw`.
        memory: What the engine may use before it spills to disk, as `6GB`.
    """

    raw: Path
    home: Path
    as_of: datetime
    target: str = "duckdb"
    connectors: tuple[str, ...] | None = None
    memory: str = "4GB"

    @property
    def warehouse(self) -> Path:
        """The DuckDB file that the models are built in."""
        return self.home / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """The folder of the published versions."""
        return self.home / "published"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the variables LEADS_RAW, _HOME, _AS_OF, _TARGET, _CONNECTORS and _MEMORY.

        Args:
            environment: The variables; by default those of the process.

        Returns:
            The settings; relative paths are taken from the project's root.

        Raises:
            LeadsError: A variable has a value that cannot be meant.
        """
        variables = os.environ if environment is None else environment
        return cls(
            raw=_path(variables.get("LEADS_RAW") or "raw"),
            home=_path(variables.get("LEADS_HOME") or "leads_home"),
            as_of=moment_of(variables.get("LEADS_AS_OF", "")),
            target=_target(variables.get("LEADS_TARGET") or "duckdb"),
            connectors=_connectors(variables.get("LEADS_CONNECTORS", "")),
            memory=_memory(variables.get("LEADS_MEMORY", "")),
        )


def _path(text: str) -> Path:
    path = Path(text).expanduser()
    return path if path.is_absolute() else Path.cwd() / path


def moment_of(text: str, where: str = "LEADS_AS_OF") -> datetime:
    """Read a moment.

    Args:
        text: ISO 8601, UTC where it names no zone; empty for now.
        where: The variable or option, for the error.

    Returns:
        The moment, timezone-aware UTC.

    Raises:
        LeadsError: It cannot be meant.
    """
    if not text.strip():
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise LeadsError(
            f"'{text}' is not a moment in ISO 8601",
            where=where,
            mend="write it as 2026-06-30T15:00:00Z, or leave it empty for now",
        ) from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _target(text: str) -> str:
    if text not in TARGETS:
        raise LeadsError(
            f"'{text}' is no target", where="LEADS_TARGET", mend=f"use one of {', '.join(TARGETS)}"
        )
    return text


def _connectors(text: str) -> tuple[str, ...] | None:
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    return names or None


def _memory(text: str) -> str:
    """The memory of the engine: by default half of the machine's, within bounds."""
    if not text.strip():
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 10**6
        return f"{min(MOST_MEMORY_MB, machine // 2)}MB"
    if not _MEMORY.fullmatch(text.strip()):
        raise LeadsError(
            f"'{text}' is no amount of memory",
            where="LEADS_MEMORY",
            mend="write it as 4GB or 800MB, or leave it empty for half of the machine's",
        )
    return text.strip()
