"""Which rows of a seed hold on which days in one version of it and not in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from orchestration.rules.declarations import VALIDITY_COLUMNS
from orchestration.rules.reading import SeedRow

# A row without its days, as something that can be looked up.
_Content = tuple[tuple[str, object], ...]
_Span = tuple[date, date]


def changed_rows(before: Sequence[SeedRow], now: Sequence[SeedRow]) -> list[SeedRow]:
    """Compare two versions of a seed.

    Days on which a row holds in both versions are no change: a rule that is closed on a day, to be
    followed by its next version, changes from that day on.

    Args:
        before: The rows of one version.
        now: The rows of the other.

    Returns:
        The rows that differ, each with the days on which it holds in one version alone as
        [valid_from, valid_to), empty where they have no end. Rows of a seed without validity are
        given as they are.
    """
    then, today = _days(before), _days(now)
    return [
        _row(content, span)
        for content in dict.fromkeys([*then, *today])
        for span in _in_one_alone(then.get(content, []), today.get(content, []))
    ]


def _days(rows: Iterable[SeedRow]) -> dict[_Content, list[_Span]]:
    """The spans of days on which each content holds."""
    days: dict[_Content, list[_Span]] = {}
    for row in rows:
        content = tuple(item for item in row.items() if item[0] not in VALIDITY_COLUMNS)
        span = row.get("valid_from") or date.min, row.get("valid_to") or date.max
        days.setdefault(content, []).append(span)
    return days


def _in_one_alone(some: list[_Span], others: list[_Span]) -> Iterator[_Span]:
    """The days that lie in the spans of one side alone, as spans that do not touch."""
    open_from: date | None = None
    bounds = sorted({bound for span in (*some, *others) for bound in span})
    for start, end in pairwise([*bounds, *bounds[-1:]]):
        differs = start < end and _covers(some, start) != _covers(others, start)
        if differs and open_from is None:
            open_from = start
        elif not differs and open_from is not None:
            yield open_from, start
            open_from = None


def _covers(spans: list[_Span], day: date) -> bool:
    return any(start <= day < end for start, end in spans)


def _row(content: _Content, span: _Span) -> SeedRow:
    row = dict(content)
    first, last = span
    validity = {
        "valid_from": None if first == date.min else first,
        "valid_to": None if last == date.max else last,
    }
    return row | validity
