"""Totals with decay, and where they cross the threshold."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifecycle_rows import half_lives, jst, mql_criteria, shuffled, table

from orchestration.errors import LeadsError
from orchestration.lifecycle.criteria import read_half_lives, read_mql_criteria
from orchestration.lifecycle.days import LocalDays
from orchestration.lifecycle.scores import ScoreTimeline, score_crossings, score_timeline
from orchestration.lifecycle.tables import POINTS

TOKYO = LocalDays("Asia/Tokyo")


def row(at: str, points: float, kind: str = "behaviour", **more: str) -> dict[str, Any]:
    return {"effective_at": jst(at), "points_awarded": points, "score_kind": kind, **more}


def timeline(*rows: dict[str, Any], lives: pa.Table | None = None) -> ScoreTimeline:
    used = read_half_lives(half_lives() if lives is None else lives)
    return score_timeline(table(POINTS, *rows), used, TOKYO)


def crossings(*rows: dict[str, Any], criteria: pa.Table | None = None) -> list[datetime]:
    used = read_mql_criteria(mql_criteria() if criteria is None else criteria)
    return score_crossings(timeline(*rows), used).column("crossed_at").to_pylist()  # type: ignore[no-any-return]


def test_behaviour_is_halved_after_one_half_life_and_attributes_stay():
    # 1 January + 90 days = 1 April: 20 * 0.5 ^ (90 / 90) + 15 = 25, and 10 more then = 35.
    got = timeline(
        row("2026-01-01 23:00", 20.0),
        row("2026-01-05", 15.0, "attribute"),
        row("2026-04-01 01:00", 10.0),
    )
    assert got.before.tolist()[2] == pytest.approx(25.0, abs=1e-12)
    assert got.total.tolist()[2] == pytest.approx(35.0, abs=1e-12)


def test_age_is_counted_in_days_and_not_in_hours():
    # Two hours over midnight are one day: 20 * 0.5 ^ (1 / 90) = 19.846558...
    got = timeline(row("2026-01-01 23:00", 20.0), row("2026-01-02 01:00", 0.0))
    assert got.total.tolist()[1] == pytest.approx(19.8465589, abs=1e-7)
    same_day = timeline(row("2026-01-01 00:00", 20.0), row("2026-01-01 23:59", 0.0))
    assert same_day.total.tolist()[1] == 20.0


def test_manual_points_do_not_decay_and_totals_have_no_floor():
    got = timeline(row("2026-01-01", -8.0, "manual"), row("2026-12-31", -5.0))
    assert got.total.tolist() == [-8.0, -13.0]


def test_each_day_uses_the_half_life_valid_on_it_for_all_points():
    # 30 days after 1 January the half-life is 30 and not 90 any more: 16 * 0.5 ^ (30 / 30) = 8.
    lives = half_lives(
        {"half_life_days": 90.0, "valid_to": date(2026, 1, 31)},
        {"half_life_days": 30.0, "valid_from": date(2026, 1, 31)},
    )
    got = timeline(
        row("2026-01-01", 16.0), row("2026-01-30", 0.0), row("2026-01-31", 0.0), lives=lives
    )
    assert got.total.tolist()[1] == pytest.approx(16.0 * 0.5 ** (29 / 90), abs=1e-12)
    assert got.total.tolist()[2] == pytest.approx(8.0, abs=1e-12)


def test_nothing_decays_on_days_without_a_half_life():
    lives = half_lives({"half_life_days": 90.0, "valid_from": date(2026, 6, 1)})
    got = timeline(row("2026-01-01", 16.0), row("2026-05-31", 0.0), lives=lives)
    assert got.total.tolist() == [16.0, 16.0]


def test_a_half_life_of_zero_is_refused():
    with pytest.raises(LeadsError, match="half_life_days"):
        read_half_lives(half_lives({"half_life_days": 0.0}))


@pytest.mark.parametrize(("points", "crosses"), [(19.9999994, 0), (19.9999996, 1), (20.0, 1)])
def test_totals_cross_at_forty_when_rounded_to_six_places(points: float, crosses: int):
    got = crossings(row("2026-01-01", 20.0), row("2026-01-01 01:00", points))
    assert got == [jst("2026-01-01 01:00")] * crosses


def test_all_rows_of_an_instant_are_applied_before_it_is_looked_at():
    assert crossings(row("2026-01-01", 45.0), row("2026-01-01", -10.0)) == []
    assert crossings(row("2026-01-01", 25.0), row("2026-01-01", 15.0)) == [jst("2026-01-01")]


def test_a_total_that_decayed_under_the_threshold_crosses_again():
    # 40 on 1 January; the day after 40 * 0.5 ^ (1 / 90) = 39.69, and 5 more are 44.69: again.
    # On the day itself 40 + 5 is no crossing, for it was 40 just before.
    assert crossings(row("2026-01-01", 40.0), row("2026-01-02", 5.0)) == [
        jst("2026-01-01"),
        jst("2026-01-02"),
    ]
    assert crossings(row("2026-01-01", 40.0), row("2026-01-01 12:00", 5.0)) == [jst("2026-01-01")]


def test_the_threshold_is_that_of_the_day():
    criteria = mql_criteria(
        {"valid_to": date(2026, 1, 2)},
        {"threshold": 50.0, "valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 3)},
    )
    rows = [row("2026-01-01 23:59", 40.0, "manual"), row("2026-01-02 00:00", 9.0, "manual")]
    last = [row("2026-01-02 23:59", 1.0, "manual"), row("2026-01-03 00:00", 99.0, "manual")]
    assert crossings(*rows, criteria=criteria) == [jst("2026-01-01 23:59")]
    assert crossings(*rows, *last, criteria=criteria)[1:] == [jst("2026-01-02 23:59")]


def test_the_ledger_row_of_an_instant_is_its_last_by_sort_key():
    got = timeline(
        row("2026-01-01", 5.0, sort_key="b", ledger_id="later"),
        row("2026-01-01", 5.0, sort_key="a", ledger_id="earlier"),
    )
    assert got.ledger_id == ["later"]


def test_an_empty_ledger_has_no_instants():
    assert timeline().at == []
    assert crossings() == []


ROW = st.fixed_dictionaries(
    {
        "lead_id": st.sampled_from(["a", "b", "c"]),
        "hours": st.integers(0, 24 * 200),
        "score_kind": st.sampled_from(["behaviour", "behaviour", "attribute", "manual"]),
        "points_awarded": st.sampled_from([20.0, 15.0, 10.0, 5.0, -5.0, 0.3]),
    }
)
START = jst("2026-01-01")
LIVES = half_lives(
    {"half_life_days": 90.0, "valid_to": date(2026, 3, 1)},
    {"half_life_days": 45.0, "valid_from": date(2026, 3, 1), "valid_to": date(2026, 5, 1)},
    {"half_life_days": 90.0, "valid_from": date(2026, 5, 1)},
)


def defined_total(rows: list[dict[str, Any]], at: int) -> float:
    """The definition: every row up to an hour, valued one by one on that hour's day."""
    day = at // 24
    is_middle = date(2026, 3, 1) <= date(2026, 1, 1) + timedelta(days=day) < date(2026, 5, 1)
    life = 45.0 if is_middle else 90.0
    return sum(
        one["points_awarded"]
        * (0.5 ** ((day - one["hours"] // 24) / life) if one["score_kind"] == "behaviour" else 1.0)
        for one in rows
        if one["hours"] <= at
    )


@given(st.lists(ROW, max_size=30), st.randoms())
@settings(max_examples=150, deadline=None)
def test_running_sums_equal_the_sum_over_all_rows_in_any_order(
    rows: list[dict[str, Any]], random: Random
):
    for one in rows:
        one["effective_at"] = START + timedelta(hours=one["hours"])
    points = shuffled(table(POINTS, *rows), random)
    got = score_timeline(points, read_half_lives(LIVES), TOKYO)
    expected = [
        (lead, defined_total([one for one in rows if one["lead_id"] == lead], hours))
        for lead, hours in sorted({(one["lead_id"], one["hours"]) for one in rows})
    ]
    leads = [lead.as_py() for lead in got.leads]
    spans = zip(leads, got.starts, got.starts[1:], strict=False)
    totals = [(lead, got.total[i]) for lead, start, end in spans for i in range(start, end)]
    assert [lead for lead, _ in totals] == [lead for lead, _ in expected]
    assert [total for _, total in totals] == pytest.approx([t for _, t in expected], abs=1e-9)


@given(st.lists(ROW, max_size=20), st.randoms())
@settings(max_examples=50, deadline=None)
def test_the_order_of_rows_changes_no_bit(rows: list[dict[str, Any]], random: Random):
    for one in rows:
        one["effective_at"] = START + timedelta(hours=one["hours"])
    points = table(POINTS, *rows)
    lives = read_half_lives(LIVES)
    got = score_timeline(shuffled(points, random), lives, TOKYO)
    assert got.total.tolist() == score_timeline(points, lives, TOKYO).total.tolist()
