"""Which rows of a seed hold in one version of it and not in another, and on which days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.rules.changes import changed_rows

APRIL, MAY, JUNE = (date(2026, month, 1) for month in (4, 5, 6))


def rule(points: int, valid_from: date | None = None, valid_to: date | None = None) -> dict:
    return {"rule_id": "view", "points": points, "valid_from": valid_from, "valid_to": valid_to}


def test_the_same_rows_in_another_order_are_no_change():
    rows = [rule(10, None, APRIL), rule(5, APRIL)]
    assert changed_rows(rows, rows[::-1]) == []


def test_a_rule_that_is_followed_by_its_next_version_changes_from_that_day_on():
    assert changed_rows([rule(10)], [rule(10, None, APRIL), rule(5, APRIL)]) == [
        rule(10, APRIL),
        rule(5, APRIL),
    ]


def test_a_rule_that_is_corrected_changes_on_all_its_days():
    assert changed_rows([rule(10, APRIL, JUNE)], [rule(5, APRIL, JUNE)]) == [
        rule(10, APRIL, JUNE),
        rule(5, APRIL, JUNE),
    ]


def test_a_rule_that_comes_or_goes_changes_on_its_days():
    assert changed_rows([], [rule(10, APRIL, JUNE)]) == [rule(10, APRIL, JUNE)]
    assert changed_rows([rule(10, None, MAY)], []) == [rule(10, None, MAY)]


def test_a_rule_that_is_moved_changes_on_the_days_that_it_wins_and_loses():
    assert changed_rows([rule(10, APRIL, MAY)], [rule(10, date(2026, 4, 11), JUNE)]) == [
        rule(10, APRIL, date(2026, 4, 11)),
        rule(10, MAY, JUNE),
    ]


def test_a_rule_that_is_cut_in_two_that_touch_does_not_change():
    assert changed_rows([rule(10)], [rule(10, None, APRIL), rule(10, APRIL)]) == []


def test_rows_without_validity_are_compared_as_they_are():
    closing, open_ = {"stage_key": "won", "order": 5}, {"stage_key": "won", "order": 6}
    changed = changed_rows([closing, {"stage_key": "new", "order": 1}], [open_])
    assert [(row["stage_key"], row["order"]) for row in changed] == [
        ("won", 5),
        ("new", 1),
        ("won", 6),
    ]


DAYS = [date(2026, 4, 1) + timedelta(days=step) for step in range(8)]
ROWS = st.lists(
    st.builds(
        rule,
        st.integers(1, 2),
        st.none() | st.sampled_from(DAYS),
        st.none() | st.sampled_from(DAYS),
    ),
    max_size=4,
)


@settings(deadline=None)
@given(before=ROWS, now=ROWS)
def test_a_row_changes_exactly_on_the_days_on_which_one_version_alone_has_it(
    before: list[dict[str, Any]], now: list[dict[str, Any]]
):
    def holding(rows: list[dict[str, Any]], day: date) -> set[int]:
        return {
            row["points"]
            for row in rows
            if (row["valid_from"] or date.min) <= day < (row["valid_to"] or date.max)
        }

    changed = changed_rows(before, now)

    for day in [DAYS[0] - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=1)]:
        assert holding(changed, day) == holding(before, day) ^ holding(now, day)
