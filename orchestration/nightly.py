"""Run the nightly job in this process: short lines for people, all else into a log."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from orchestration.errors import LeadsError
from orchestration.settings import PROJECT_ROOT, Settings

if TYPE_CHECKING:
    from dagster import ExecuteInProcessResult

# Of so many nights the log and Dagster's record are kept: some 3 MB each.
KEPT_NIGHTS = 30


def run_nightly(settings: Settings) -> None:
    """Land, build, check, score, publish.

    Args:
        settings: Where to read and write, and the moment to speak about.

    Raises:
        LeadsError: The night did not come to its end; what was published stays.
    """
    os.environ |= {
        # What a run plans is written at once: an event at a time takes seconds.
        "DAGSTER_EVENT_BATCH_SIZE": "1000",
        "DAGSTER_HOME": str(dagster_home(settings)),
        "LEADS_AS_OF": settings.as_of.isoformat(),
        "LEADS_HOME": str(settings.home),
        "LEADS_RAW": str(settings.raw),
    }
    log = settings.home / "logs" / f"process-{os.getpid()}.log"
    log.parent.mkdir(exist_ok=True)
    with printing_into(log) as terminal, _telling(terminal) as teller:
        result = _execute()
    log = _named_after_build(log, result)
    if not (result.success and _is_published(result)):
        raise teller.failure or _unforeseen(result, log)


def dagster_home(settings: Settings) -> Path:
    """Give the folder of Dagster's instance, with the project's dagster.yaml in it.

    Args:
        settings: Where the home is.

    Raises:
        LeadsError: The folder cannot be written.
    """
    home = settings.home / "dagster"
    try:
        home.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT_ROOT / "dagster.yaml", home / "dagster.yaml")
    except OSError as error:
        raise LeadsError(
            f"the folder cannot be written: {error.strerror}",
            where=f"LEADS_HOME, {settings.home}",
            mend="set LEADS_HOME to a folder that can be written",
        ) from error
    return home


def _execute() -> ExecuteInProcessResult:
    import dagster as dg

    from orchestration.definitions import definitions
    from orchestration.defs.event_log import unhurried_event_log

    job = definitions().resolve_job_def("nightly")
    with dg.DagsterInstance.get() as instance, unhurried_event_log(instance):
        for outdated in instance.get_runs()[KEPT_NIGHTS:]:
            instance.delete_run(outdated.run_id)
        return job.execute_in_process(instance=instance, raise_on_error=False)


class _Teller(logging.Handler):
    """Shows the steps' lines to people, and keeps the failure that they are to read."""

    def __init__(self, terminal: TextIO) -> None:
        super().__init__(logging.INFO)
        self.terminal = terminal
        self.failure: LeadsError | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Show a line; of failures only the first counts, the others follow from it."""
        told = record.args[0] if isinstance(record.args, tuple) and record.args else None
        if isinstance(told, LeadsError):
            self.failure = self.failure or told
        else:
            print(record.getMessage(), file=self.terminal, flush=True)


@contextmanager
def _telling(terminal: TextIO) -> Iterator[_Teller]:
    from orchestration.defs.reporting import PROGRESS

    teller = _Teller(terminal)
    PROGRESS.setLevel(logging.DEBUG)
    PROGRESS.addHandler(teller)
    try:
        yield teller
    finally:
        PROGRESS.removeHandler(teller)


@contextmanager
def printing_into(log: Path) -> Iterator[TextIO]:
    """Let all that is printed, also by other processes, go into a file.

    Args:
        log: The file.

    Yields:
        The terminal.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    out, err = os.dup(1), os.dup(2)
    with log.open("w") as file, os.fdopen(os.dup(out), "w") as terminal:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield terminal
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os.dup2(out, 1)
            os.dup2(err, 2)
            os.close(out)
            os.close(err)


def _named_after_build(log: Path, result: ExecuteInProcessResult) -> Path:
    """Name the log after the build, where one was begun, and remove the oldest logs."""
    for event in result.get_asset_materialization_events():
        build = event.materialization.metadata.get("build_id")
        if build is not None:
            log = log.replace(log.with_name(f"{build.value:06d}.log"))
    logs = sorted(log.parent.glob("*.log"), key=lambda each: each.stat().st_mtime_ns)
    for outdated in logs[:-KEPT_NIGHTS]:
        outdated.unlink()
    return log


def _is_published(result: ExecuteInProcessResult) -> bool:
    """Whether the last step ran: a run in which a step was skipped is a success to Dagster."""
    return any(event.step_key == "published" for event in result.get_step_success_events())


def _unforeseen(result: ExecuteInProcessResult, log: Path) -> LeadsError:
    """What to tell of a failure that no step foresaw: a bug, or a machine in trouble."""
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            while error is not None and error.cause is not None:
                error = error.cause
            message = " ".join(error.message.split())[:500] if error else "no reason given"
            return _broken(f"the step {event.step_key} broke: {message}", log)
    return _broken("the night ended without its last step", log)


def _broken(what: str, log: Path) -> LeadsError:
    return LeadsError(what, where=str(log), mend="the log has it all; run `make nightly` again")
