"""Runs a command as a process of its own and says what it took."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import LeadsError
from orchestration.settings import PROJECT_ROOT


@dataclass(frozen=True)
class Usage:
    """What a process took.

    Attributes:
        seconds: By the wall clock.
        cpu_seconds: Of all its threads, in user and system mode.
        peak_bytes: The most memory it held.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int


def measure(
    module: str, arguments: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> Usage:
    """Run `python -m <module>` and wait for its end.

    Args:
        module: The module to run.
        arguments: What it is given.
        log: Where its output goes.
        environment: Variables beside those of this process.

    Returns:
        What the process and those it started took, by the operating system's own accounting.

    Raises:
        LeadsError: It failed.
    """
    started = time.monotonic()
    command = [sys.executable, "-m", module, *arguments]
    with log.open("w") as output:
        child = os.posix_spawn(
            sys.executable,
            command,
            {**os.environ, "PYTHONPATH": str(PROJECT_ROOT), **(environment or {})},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, output.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, output.fileno(), 2),
            ],
        )
        _, status, usage = os.wait4(child, 0)
    if status:
        raise LeadsError(
            f"{' '.join(command[1:])} failed: {_last_line(log)}",
            where="the benchmark",
            mend=f"mend what it names; {log} has all it said",
        )
    # macOS counts in bytes, Linux in kibibytes.
    unit = 1 if sys.platform == "darwin" else 1024
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Usage(time.monotonic() - started, cpu_seconds, usage.ru_maxrss * unit)


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[-1] if lines else "it said nothing"
