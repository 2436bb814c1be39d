"""Caps: how many of a rule's or a group's points count within a rolling window of days."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.errors import LeadsError
from orchestration.lifecycle.days import LocalDays
from orchestration.lifecycle.lead_rows import lead_ids, rows_by_lead
from orchestration.lifecycle.tables import AWARDS, CANDIDATES, CAPS, conform
from orchestration.lifecycle.validity import valid_days

# Sums of points that have decimals are compared to so many places.
PLACES = 9


@dataclass(frozen=True)
class _Cap:
    cap_id: str
    max_points: float
    window_days: int
    first_day: int
    last_day: int


class _Window:
    """The points awarded to one lead under one cap in the window that ends today."""

    def __init__(self, cap: _Cap) -> None:
        self.cap = cap
        self._spent: deque[tuple[int, float]] = deque()
        self._sum = 0.0

    def room(self, day: int) -> float:
        """What still fits on a day; days come in order."""
        while self._spent and self._spent[0][0] <= day - self.cap.window_days:
            self._sum -= self._spent.popleft()[1]
        return max(0.0, round(self.cap.max_points - self._sum, PLACES))

    def spend(self, day: int, points: float) -> None:
        self._spent.append((day, points))
        self._sum += points


_CapsByScope = dict[tuple[str, str, bool], list[_Cap]]


def apply_caps(candidates: pa.Table, caps: pa.Table, days: LocalDays) -> pa.Table:
    """Award each candidate what still fits below every cap that applies.

    Candidates of a lead are taken in the order (effective_at, sort_key). What a row gets is
    min(|points|, max_points - sum of |awarded| in the window) over the caps on its rule and on its
    group whose sign is that of its points. A window sees all finally awarded points of its rule or
    group, also those of days before the cap became valid.

    Args:
        candidates: Rows as in CANDIDATES.
        caps: Rows as in CAPS.
        days: The local days.

    Returns:
        The candidates as in AWARDS, sorted by lead_id, effective_at, sort_key.
    """
    by_scope = _read_caps(conform(caps, CAPS, "caps"))
    candidates = conform(candidates, CANDIDATES, "candidates")
    rows = rows_by_lead(
        candidates, lead_ids(candidates), ("effective_at", "sort_key", "candidate_id")
    )
    points: list[float] = rows.values("points")
    awarded = list(points)
    bound: list[str | None] = [None] * len(points)
    scopes = list(zip(rows.values("rule_id"), rows.values("rule_group"), strict=True))
    day_of = days.of_all(rows.moments("effective_at")).tolist()
    for start, end in zip(rows.starts, rows.starts[1:], strict=False):
        windows: dict[str, _Window] = {}
        for i in range(start, end):
            rule_id, rule_group = scopes[i]
            is_positive = points[i] > 0
            applying = by_scope.get(("rule", rule_id, is_positive), []) + by_scope.get(
                ("group", rule_group, is_positive), []
            )
            if applying and points[i]:
                awarded[i], bound[i] = _award(points[i], day_of[i], applying, windows)
    return _awards(rows.table, awarded, bound)


def _award(
    points: float, day: int, applying: list[_Cap], windows: dict[str, _Window]
) -> tuple[float, str | None]:
    """What a row gets, and the cap that kept it from more (of several equal ones the first id)."""
    wanted = room = abs(points)
    bound: str | None = None
    touched = [windows.setdefault(cap.cap_id, _Window(cap)) for cap in applying]
    for window in touched:
        cap = window.cap
        if cap.first_day <= day <= cap.last_day:
            left = window.room(day)
            if left < room or (left == room and bound is not None and cap.cap_id < bound):
                room, bound = left, cap.cap_id
    for window in touched:
        window.spend(day, room)
    return (points, None) if room == wanted else (room if points > 0 else -room, bound)


def _read_caps(caps: pa.Table) -> _CapsByScope:
    by_scope: _CapsByScope = {}
    for row in caps.to_pylist():
        if row["scope"] not in ("rule", "group") or row["sign"] not in ("positive", "negative"):
            raise LeadsError(
                f"scope '{row['scope']}', sign '{row['sign']}'",
                where=f"cap {row['cap_id']}",
                mend="use rule or group, and positive or negative",
            )
        key = (row["scope"], row["scope_key"], row["sign"] == "positive")
        first_day, last_day = valid_days(row)
        cap = _Cap(row["cap_id"], row["max_points"], row["window_days"], first_day, last_day)
        by_scope.setdefault(key, []).append(cap)
    return by_scope


def _awards(candidates: pa.Table, awarded: list[float], bound: list[str | None]) -> pa.Table:
    given = np.array(awarded, dtype=np.float64) + 0.0  # no negative zeros
    is_all = given == np.asarray(candidates.column("points"))
    columns = [
        *candidates.columns,
        pa.array(given),
        pa.array(np.where(is_all, "awarded", "capped"), pa.string()),
        pa.array(bound, pa.string()),
    ]
    return pa.table(columns, schema=AWARDS)
