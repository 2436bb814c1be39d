"""What leads answered: how the values that the SQL criteria ask for change over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from orchestration.errors import LeadsError
from orchestration.lifecycle.criteria import SqlCriteria, Values
from orchestration.lifecycle.days import LocalDays, first_day_within, to_day
from orchestration.lifecycle.lead_rows import rows_by_lead
from orchestration.lifecycle.tables import ANSWERS, conform
from orchestration.lifecycle.validity import Validity


class Change(NamedTuple):
    """One moment at which values of a lead change.

    Attributes:
        at: The moment.
        changed: The attributes that have another value from then on.
        values: All values from then on.
        trigger_id: The row that told the first of the changed attributes.
    """

    at: int
    changed: frozenset[str]
    values: Values
    trigger_id: str | None


def read_changes(answers: pa.Table, leads: pa.Array) -> Iterator[list[Change]]:
    """Read the answers of some leads; an answer that repeats a value changes nothing.

    Args:
        answers: Rows as in ANSWERS; of two for one attribute and moment the greater value holds.
        leads: Sorted lead ids.

    Yields:
        The changes of each lead in turn, in order of time.

    Raises:
        LeadsError: An attribute is unknown or a value cannot be read.
    """
    order = ("valid_from", "attribute", "value", "trigger_id")
    rows = rows_by_lead(conform(answers, ANSWERS, "answers"), leads, order)
    for told in rows.per_lead(*order):
        yield list(_changes(told))


def _changes(told: list[tuple[int, str, str | None, str | None]]) -> Iterator[Change]:
    values = Values()
    by_moment: dict[int, dict[str, tuple[str | None, str | None]]] = {}
    for at, attribute, text, trigger_id in told:
        by_moment.setdefault(at, {})[attribute] = (text, trigger_id)
    for at, answered in by_moment.items():
        read: dict[str, Any] = {
            attribute: _read(attribute, text) for attribute, (text, _) in answered.items()
        }
        changed = [name for name, value in read.items() if getattr(values, name) != value]
        if changed:
            values = values._replace(**read)
            yield Change(at, frozenset(changed), values, answered[changed[0]][1])


def _read(attribute: str, text: str | None) -> int | str | bool | None:
    reader = _READERS.get(attribute)
    if reader is None:
        raise LeadsError(
            f"attribute '{attribute}'",
            where="lifecycle table answers",
            mend=f"use one of {', '.join(_READERS)}",
        )
    try:
        return reader(text)
    except (ValueError, KeyError) as error:
        raise LeadsError(
            f"{attribute} '{text}' cannot be read",
            where="lifecycle table answers",
            mend="write dates as 2026-09-30, flags as true or false",
        ) from error


_FLAGS = {None: False, "false": False, "true": True}

_READERS: dict[str, Callable[[str | None], int | str | bool | None]] = {
    "purchase_deadline": lambda text: None if text is None else to_day(date.fromisoformat(text)),
    "buying_role": lambda text: text,
    "is_budget_known": lambda text: _FLAGS[text],
    "is_target_size": lambda text: _FLAGS[text],
}


def reach_midnights(
    changes: list[Change], criteria: Validity[SqlCriteria | None], days: LocalDays
) -> set[int]:
    """The midnights at which a deadline comes within reach, or new criteria begin.

    Args:
        changes: The changes of a lead.
        criteria: The criteria per day.
        days: The local days.

    Returns:
        Moments. Of each deadline and version of the criteria the first midnight at which it is near
        enough, if the answer holds and the deadline is not past then.
    """
    midnights = set()
    for i, change in enumerate(changes):
        deadline = change.values.purchase_deadline
        next_at = changes[i + 1].at if i + 1 < len(changes) else None
        if deadline is None:
            continue
        for piece in criteria.within(days.of(change.at), deadline):
            if piece.value is None:
                continue
            day = max(piece.first, first_day_within(deadline, piece.value.max_months_ahead))
            midnight = days.start(day)
            is_held = midnight >= change.at and (next_at is None or midnight < next_at)
            if day <= piece.last and is_held:
                midnights.add(midnight)
    return midnights
