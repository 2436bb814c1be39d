"""What all steps of a night share: how they tell people, and how they fail."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import dagster as dg
import duckdb

from orchestration.errors import LeadsError

# One slot: a single process holds the warehouse at a time.
POOL = "warehouse"
# Lines for people; dagster.yaml lets Dagster keep them too.
PROGRESS = logging.getLogger("leads")


@dataclass
class Step:
    """A step under way.

    Attributes:
        done: What it did, in a few words; empty for nothing worth telling.
    """

    done: str = ""


@contextmanager
def step() -> Iterator[Step]:
    """Tell what a step did and how long it took, and let it fail in a way that Dagster understands.

    What a person must mend fails at once: trying again would find the same. What the disk or the
    file system did is tried once more.

    Yields:
        The step, to be told what it did.

    Raises:
        Failure: A LeadsError came out of the step.
        RetryRequested: Reading or writing went wrong.
    """
    started = time.monotonic()
    doing = Step()
    try:
        yield doing
    except LeadsError as error:
        PROGRESS.error("%s", error)
        raise dg.Failure(description=str(error), allow_retries=False) from error
    except (OSError, duckdb.IOException) as error:
        raise dg.RetryRequested(max_retries=1, seconds_to_wait=5) from error
    if doing.done:
        PROGRESS.info("%s in %.1f s", doing.done, time.monotonic() - started)
