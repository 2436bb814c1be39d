"""Caps: what still fits within a rolling window of days."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifecycle_rows import WEB_CAP, jst, shuffled, table

from orchestration.errors import LeadsError
from orchestration.lifecycle.caps import apply_caps
from orchestration.lifecycle.days import LocalDays
from orchestration.lifecycle.tables import AWARDS, CANDIDATES, CAPS

TOKYO = LocalDays("Asia/Tokyo")


def awards(*rows: tuple[str, float], caps: list[dict[str, Any]] | None = None) -> list[Any]:
    candidates = table(
        CANDIDATES, *({"effective_at": jst(at), "points": points} for at, points in rows)
    )
    given_caps = table(CAPS, *([WEB_CAP] if caps is None else caps))
    got = apply_caps(candidates, given_caps, TOKYO)
    columns = ("points_awarded", "outcome", "cap_id")
    return list(zip(*(got.column(name).to_pylist() for name in columns), strict=True))


ALL = "awarded"


def test_points_are_given_until_the_cap_is_full_and_the_rest_in_part():
    # 30 in 30 days: 10 + 10 + 5 = 25, so of the next 10 only 30 - 25 = 5 fit, then nothing.
    assert awards(
        ("2026-01-01 09:00", 10.0),
        ("2026-01-02 09:00", 10.0),
        ("2026-01-03 09:00", 5.0),
        ("2026-01-04 09:00", 10.0),
        ("2026-01-05 09:00", 10.0),
    ) == [
        (10.0, ALL, None),
        (10.0, ALL, None),
        (5.0, ALL, None),
        (5.0, "capped", "web-30"),
        (0.0, "capped", "web-30"),
    ]


def test_points_that_just_fit_are_all_awarded():
    got = awards(("2026-01-01", 20.0), ("2026-01-02", 10.0))
    assert got[1] == (10.0, ALL, None)


def test_the_window_holds_thirty_days_ending_with_the_events_own():
    # 1 January to 30 January are 30 days; on 31 January the first is out.
    full = ("2026-01-01 23:59", 30.0)
    assert awards(full, ("2026-01-30 00:00", 10.0))[1] == (0.0, "capped", "web-30")
    assert awards(full, ("2026-01-31 00:00", 10.0))[1] == (10.0, ALL, None)


def test_days_are_local_days():
    # 15:00 UTC is midnight in Tokyo: 2026-01-30 14:59 UTC is still 30 January there.
    full = {"effective_at": jst("2026-01-01 12:00"), "points": 30.0}
    late = {"effective_at": jst("2026-01-30 23:59"), "points": 10.0}
    candidates = table(CANDIDATES, full, late)
    caps = table(CAPS, WEB_CAP)
    in_tokyo = apply_caps(candidates, caps, TOKYO)
    in_auckland = apply_caps(candidates, caps, LocalDays("Pacific/Auckland"))
    assert in_tokyo.column("points_awarded").to_pylist() == [30.0, 0.0]
    assert in_auckland.column("points_awarded").to_pylist() == [30.0, 10.0]


def test_a_window_of_one_day_begins_anew_at_midnight():
    cap = {**WEB_CAP, "window_days": 1, "max_points": 10.0}
    assert awards(
        ("2026-01-01 23:59", 10.0),
        ("2026-01-02 00:00", 10.0),
        ("2026-01-02 00:01", 10.0),
        caps=[cap],
    ) == [(10.0, ALL, None), (10.0, ALL, None), (0.0, "capped", "web-30")]


def test_negative_points_are_capped_by_their_absolute_value_and_apart_from_positive_ones():
    negative = {**WEB_CAP, "cap_id": "web-8", "sign": "negative", "max_points": 8.0}
    assert awards(
        ("2026-01-01", -5.0),
        ("2026-01-02", 30.0),
        ("2026-01-03", -5.0),
        ("2026-01-04", -5.0),
        caps=[WEB_CAP, negative],
    ) == [(-5.0, ALL, None), (30.0, ALL, None), (-3.0, "capped", "web-8"), (0.0, "capped", "web-8")]


def test_both_windows_of_a_rule_and_its_group_count_the_finally_awarded_points():
    # Rule price: 15. Group web: 20. First price 10 of 10. Then faq 5 of 5: group holds 15.
    # Then price 10: the rule leaves 15 - 10 = 5, the group 20 - 15 = 5: 5. Both are full.
    rule_cap = {**WEB_CAP, "cap_id": "price-15", "scope": "rule", "scope_key": "price"}
    rule_cap["max_points"] = 15.0
    group_cap = {**WEB_CAP, "cap_id": "web-20", "max_points": 20.0}
    rows = [("price", 10.0), ("faq", 5.0), ("price", 10.0), ("faq", 5.0)]
    candidates = table(
        CANDIDATES,
        *(
            {"rule_id": rule, "points": points, "effective_at": jst(f"2026-01-0{day}")}
            for day, (rule, points) in enumerate(rows, start=1)
        ),
    )
    got = apply_caps(candidates, table(CAPS, rule_cap, group_cap), TOKYO)
    assert got.column("points_awarded").to_pylist() == [10.0, 5.0, 5.0, 0.0]
    assert got.column("cap_id").to_pylist() == [None, None, "price-15", "web-20"]


def test_a_cap_limits_only_on_days_on_which_it_is_valid_but_sees_what_was_awarded_before():
    cap = {**WEB_CAP, "valid_from": date(2026, 1, 3), "valid_to": date(2026, 1, 5)}
    assert [
        points
        for points, _, _ in awards(
            ("2026-01-02 23:59", 40.0),
            ("2026-01-03 00:00", 10.0),
            ("2026-01-04 23:59", 10.0),
            ("2026-01-05 00:00", 10.0),
            caps=[cap],
        )
    ] == [40.0, 0.0, 0.0, 10.0]


def test_leads_and_other_groups_have_windows_of_their_own():
    candidates = table(
        CANDIDATES,
        *(
            {
                "lead_id": lead,
                "rule_group": group,
                "effective_at": jst("2026-01-01"),
                "points": 30.0,
            }
            for lead in ("a", "b")
            for group in ("web", "download", None)
        ),
    )
    got = apply_caps(candidates, table(CAPS, WEB_CAP), TOKYO)
    assert set(got.column("outcome").to_pylist()) == {"awarded"}


def test_rows_of_one_moment_are_taken_by_their_sort_key():
    candidates = table(
        CANDIDATES,
        {"sort_key": "b", "effective_at": jst("2026-01-01"), "points": 20.0},
        {"sort_key": "a", "effective_at": jst("2026-01-01"), "points": 15.0},
    )
    got = apply_caps(candidates, table(CAPS, WEB_CAP), TOKYO)
    assert got.column("sort_key").to_pylist() == ["a", "b"]
    assert got.column("points_awarded").to_pylist() == [15.0, 15.0]


def test_decimals_fill_a_cap_exactly():
    # 0.1 + 0.2 is a little over 0.3 in binary; the third row must get nothing, not a crumb.
    cap = {**WEB_CAP, "max_points": 0.3}
    rows = [("2026-01-01", 0.1), ("2026-01-02", 0.2), ("2026-01-03", 0.1)]
    assert awards(*rows, caps=[cap])[1:] == [(0.2, ALL, None), (0.0, "capped", "web-30")]


def test_a_cap_of_unknown_scope_is_refused_by_name():
    with pytest.raises(LeadsError, match="cap web-30"):
        awards(("2026-01-01", 1.0), caps=[{**WEB_CAP, "scope": "team"}])


def test_no_candidates_give_no_awards():
    got = apply_caps(table(CANDIDATES), table(CAPS, WEB_CAP), TOKYO)
    assert got.schema == AWARDS
    assert got.num_rows == 0


CAP_ROWS = [
    WEB_CAP,
    {**WEB_CAP, "cap_id": "web-5", "sign": "negative", "max_points": 5.0, "window_days": 3},
    {**WEB_CAP, "cap_id": "p", "scope": "rule", "scope_key": "price", "max_points": 12.0}
    | {"window_days": 7},
    {**WEB_CAP, "cap_id": "day", "max_points": 18.0, "window_days": 1},
]
CANDIDATE = st.fixed_dictionaries(
    {
        "lead_id": st.sampled_from(["a", "b"]),
        "rule_id": st.sampled_from(["price", "faq"]),
        "rule_group": st.sampled_from(["web", "download"]),
        "hours": st.integers(0, 24 * 40),
        "points": st.sampled_from([10.0, 5.0, 7.5, -5.0, -2.5, 0.0]),
    }
)


def reference(rows: list[dict[str, Any]]) -> list[float]:
    """The definition, row by row: sums over all earlier awarded rows of the window."""
    done: dict[str, list[tuple[dict[str, Any], int, float]]] = defaultdict(list)
    result = []
    for row in sorted(rows, key=lambda r: (r["lead_id"], r["effective_at"], r["sort_key"])):
        day = (row["effective_at"] - jst("2026-01-01")).days
        fits = abs(row["points"])
        for cap in CAP_ROWS:
            column = "rule_id" if cap["scope"] == "rule" else "rule_group"

            def counts(
                other: dict[str, Any], cap: dict[str, Any] = cap, column: str = column
            ) -> bool:
                same_sign = (other["points"] > 0) == (cap["sign"] == "positive")
                return other[column] == cap["scope_key"] and same_sign

            if counts(row) and row["points"]:
                spent = sum(
                    abs(awarded)
                    for other, then, awarded in done[row["lead_id"]]
                    if counts(other) and day - cap["window_days"] < then <= day
                )
                fits = min(fits, max(0.0, cap["max_points"] - spent))
        awarded = fits if row["points"] > 0 else -fits
        done[row["lead_id"]].append((row, day, awarded))
        result.append(awarded)
    return result


@given(st.lists(CANDIDATE, max_size=25), st.randoms())
@settings(max_examples=150, deadline=None)
def test_any_order_of_rows_gives_what_the_definition_says(
    rows: list[dict[str, Any]], random: Random
):
    for number, row in enumerate(rows):
        row["effective_at"] = jst("2026-01-01") + timedelta(hours=row["hours"])
        row["sort_key"] = f"{number:03}"
    candidates = shuffled(table(CANDIDATES, *rows), random)
    got: pa.Table = apply_caps(candidates, table(CAPS, *CAP_ROWS), TOKYO)
    assert got.column("points_awarded").to_pylist() == reference(rows)
