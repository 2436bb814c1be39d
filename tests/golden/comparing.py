"""How what is expected and what was found are compared."""

from __future__ import annotations

from typing import Any

from tests.golden.organisation import shown
from tests.golden.story import moment

Rows = list[tuple[Any, ...]]


def differences(expected: dict[str, Any], actual: dict[str, Any]) -> dict[str, Any]:
    """The stories of which more or other things are said than expected; both sides of each."""
    return {
        name: {"expected": expected.get(name, []), "found": actual.get(name, [])}
        for name in sorted(expected.keys() | actual.keys())
        if expected.get(name, []) != actual.get(name, [])
    }


def in_order(rows: dict[str, Rows]) -> dict[str, Rows]:
    return {name: sorted(told) for name, told in rows.items()}


def at_text(value: object) -> str:
    return shown(moment(value))


def at_or_never(value: object) -> str | None:
    return None if value is None else at_text(value)


def rounded(value: object) -> object:
    return round(value, 6) + 0.0 if isinstance(value, float) else value
