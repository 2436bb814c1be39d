"""When a lead is MQL: gains, the four losses, and a simulation midnight by midnight."""

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
from orchestration.lifecycle.mqls import mql_stays
from orchestration.lifecycle.scores import score_timeline
from orchestration.lifecycle.tables import CLOSINGS, EXCLUSIONS, HUMAN_ACTIVITIES, MQLS, POINTS

TOKYO = LocalDays("Asia/Tokyo")
Rows = list[dict[str, Any]]


def stays(
    points: Rows,
    active: list[str] | None = None,
    excluded: list[tuple[str, str | None]] | None = None,
    closed: list[tuple[str, str | None]] | None = None,
    criteria: pa.Table | None = None,
    lives: pa.Table | None = None,
) -> Rows:
    """The MQLs of one lead; by default it is active at its first points."""
    active = [points[0]["at"]] if active is None else active
    rows = [{**one, "effective_at": jst(one["at"])} for one in points]
    used = read_half_lives(half_lives() if lives is None else lives)
    got = mql_stays(
        score_timeline(table(POINTS, *rows), used, TOKYO),
        table(HUMAN_ACTIVITIES, *({"occurred_at": jst(at)} for at in active)),
        table(EXCLUSIONS, *map(interval, excluded or [])),
        table(CLOSINGS, *map(interval, closed or [])),
        read_mql_criteria(mql_criteria() if criteria is None else criteria),
        TOKYO,
    )
    return got.to_pylist()  # type: ignore[no-any-return]


def interval(bounds: tuple[str, str | None]) -> dict[str, Any]:
    start, end = bounds
    return {"from_at": jst(start), "to_at": None if end is None else jst(end)}


def behaviour(at: str, points: float) -> dict[str, Any]:
    return {"at": at, "points_awarded": points, "ledger_id": f"row of {at}"}


def attribute(at: str, points: float) -> dict[str, Any]:
    return {**behaviour(at, points), "score_kind": "attribute"}


def spans(got: Rows) -> list[tuple[datetime, datetime | None, str | None]]:
    return [(row["qualified_at"], row["lost_at"], row["lost_reason"]) for row in got]


@pytest.mark.parametrize(("points", "gains"), [(39.9999994, 0), (39.9999996, 1), (40.0, 1)])
def test_a_lead_is_mql_from_forty_points_on(points: float, gains: int):
    got = stays([attribute("2026-01-01 10:00", points)])
    assert [row["qualified_at"] for row in got] == [jst("2026-01-01 10:00")] * gains


def test_a_gain_tells_its_version_total_and_last_ledger_row():
    (got,) = stays([attribute("2026-01-01", 35.0), behaviour("2026-01-02", 10.0)])
    assert got["criteria_version"] == "mql-1"
    assert got["total_at_gain"] == 45.0
    assert got["ledger_id"] == "row of 2026-01-02"


def test_the_score_is_lost_at_the_first_midnight_under_twenty_five():
    # 40 * 0.5 ^ (n / 90) < 25  <=>  n > 90 * log2(40 / 25) = 61.03: 62 days after 1 January is
    # 4 March (30 days to 31 January, 58 to 28 February, 62 to 4 March).
    (got,) = stays([behaviour("2026-01-01 10:00", 40.0)])
    assert (got["lost_at"], got["lost_reason"]) == (jst("2026-03-04"), "score")


def test_exactly_twenty_five_at_midnight_is_not_lost():
    # 10 steady and 30 halved after 90 days: 10 + 15 = 25 on 1 April; the day after it is 24.88.
    (got,) = stays([attribute("2026-01-01", 10.0), behaviour("2026-01-01", 30.0)])
    assert (got["lost_at"], got["lost_reason"]) == (jst("2026-04-02"), "score")


def test_points_that_do_not_decay_keep_an_mql_until_it_is_inactive():
    # 180 days after 1 January 10:00 is 30 June 10:00.
    (got,) = stays([attribute("2026-01-01 10:00", 40.0)])
    assert (got["lost_at"], got["lost_reason"]) == (jst("2026-06-30 10:00"), "inactivity")


def test_ledger_rows_of_a_midnight_count_at_that_midnight():
    # Alone the score would be lost on 4 March; 10 points at that very midnight save it, one second
    # later they come too late, and 40 * 0.5 ^ (62 / 90) + 10 = 34.8 do not reach 40 again.
    saved = stays([behaviour("2026-01-01", 40.0), behaviour("2026-03-04 00:00", 10.0)])
    late = stays([behaviour("2026-01-01", 40.0), behaviour("2026-03-04 00:00:01", 10.0)])
    assert saved[0]["lost_at"] > jst("2026-03-04")
    assert [row["lost_at"] for row in late] == [jst("2026-03-04")]


def test_points_taken_back_at_a_midnight_lose_the_score_at_that_midnight():
    taken_back = [attribute("2026-01-01", 40.0), attribute("2026-02-01 00:00", -20.0)]
    assert spans(stays(taken_back))[0][1:] == (jst("2026-02-01"), "score")
    later = [attribute("2026-01-01", 40.0), attribute("2026-02-01 00:00:01", -20.0)]
    assert spans(stays(later))[0][1:] == (jst("2026-02-02"), "score")


def test_a_total_that_is_low_only_between_midnights_loses_nothing():
    dip = [behaviour("2026-01-01", 40.0), behaviour("2026-01-02 09:00", -30.0)]
    healed = stays([*dip, behaviour("2026-01-02 23:59", 30.0)])
    assert healed[0]["lost_at"] > jst("2026-01-03")
    assert stays(dip)[0]["lost_at"] == jst("2026-01-03")


def test_negative_behaviour_that_fades_lets_a_total_rise_but_gives_nothing_without_a_look():
    # 50 - 40 = 10; after 180 days 50 - 10 = 40, but nothing happens then.
    rows = [attribute("2026-01-01", 50.0), behaviour("2026-01-01", -40.0)]
    assert stays(rows) == []
    looked = stays(
        rows, active=["2026-06-29"], excluded=[("2026-02-01", "2026-07-02")], closed=None
    )
    assert [row["qualified_at"] for row in looked] == [jst("2026-07-02")]
    assert looked[0]["ledger_id"] is None


@pytest.mark.parametrize(
    ("last_activity", "gains"),
    [("2026-01-01 10:00:00", 0), ("2026-01-01 10:00:00.000001", 1), ("2026-06-30 10:00:01", 0)],
)
def test_the_last_human_activity_must_be_less_than_180_days_ago(last_activity: str, gains: int):
    # 30 June 10:00 is 180 days after 1 January 10:00, to the microsecond; what comes later is late.
    assert len(stays([attribute("2026-06-30 10:00", 40.0)], active=[last_activity])) == gains


def test_without_any_human_activity_there_is_no_mql():
    assert stays([attribute("2026-01-01", 40.0)], active=[]) == []


def test_a_new_activity_extends_an_mql_up_to_the_last_instant():
    # From 1 January the end is 30 June 00:00; an activity at that instant still extends it.
    extended = stays([attribute("2026-01-01", 40.0)], active=["2026-01-01", "2026-06-30"])
    assert extended[0]["lost_at"] == jst("2026-06-30") + timedelta(days=180)
    late = stays([attribute("2026-01-01", 40.0)], active=["2026-01-01", "2026-06-30 00:00:01"])
    assert spans(late) == [(jst("2026-01-01"), jst("2026-06-30"), "inactivity")]


def test_an_exclusion_ends_an_mql_and_its_end_is_a_look():
    got = stays(
        [attribute("2026-01-01", 40.0), attribute("2026-02-05", 5.0)],
        excluded=[("2026-02-01", "2026-03-01"), ("2026-02-20", "2026-03-10")],
    )
    assert spans(got) == [
        (jst("2026-01-01"), jst("2026-02-01"), "exclusion"),
        (jst("2026-03-10"), jst("2026-06-30"), "inactivity"),
    ]


def test_a_closing_stage_ends_an_mql_and_an_open_one_for_ever():
    got = stays([attribute("2026-01-01", 40.0)], closed=[("2026-02-01", None)])
    assert spans(got) == [(jst("2026-01-01"), jst("2026-02-01"), "closing_stage")]


def test_of_two_reasons_at_one_moment_the_exclusion_is_told():
    both = stays(
        [attribute("2026-01-01", 40.0)],
        excluded=[("2026-02-01", None)],
        closed=[("2026-02-01", None)],
    )
    assert both[0]["lost_reason"] == "exclusion"
    midnight = stays([behaviour("2026-01-01", 40.0)], closed=[("2026-03-04", None)])
    assert midnight[0]["lost_reason"] == "closing_stage"


def test_of_score_and_inactivity_at_one_midnight_the_score_is_told():
    # 180 days after the midnight of 1 January is that of 30 June.
    rows = [attribute("2026-01-01 00:00", 40.0), attribute("2026-06-30 00:00", -20.0)]
    assert spans(stays(rows))[0][1:] == (jst("2026-06-30"), "score")


def test_points_at_the_start_of_an_exclusion_gain_nothing_and_at_its_end_they_do():
    points = [attribute("2026-02-01", 40.0)]
    assert stays(points, excluded=[("2026-02-01", None)]) == []
    assert stays(points, excluded=[("2026-01-01", "2026-02-01")])[0]["ledger_id"] is not None


def test_an_exclusion_that_ends_as_it_begins_excludes_nothing():
    got = stays([attribute("2026-01-01", 40.0)], excluded=[("2026-02-01", "2026-02-01")])
    assert got[0]["lost_reason"] == "inactivity"


def test_a_lost_mql_is_regained_at_a_look_only():
    # Lost on 30 June for inactivity; an activity without points on 5 July is no look.
    quiet = stays([attribute("2026-01-01", 40.0)], active=["2026-01-01", "2026-07-05"])
    assert len(quiet) == 1
    looked = stays(
        [attribute("2026-01-01", 40.0), behaviour("2026-07-10", 5.0)],
        active=["2026-01-01", "2026-07-05"],
    )
    assert [row["qualified_at"] for row in looked] == [jst("2026-01-01"), jst("2026-07-10")]


def test_the_exit_threshold_is_that_of_the_day():
    # 30 attribute points fall under an exit threshold of 35 on the day it becomes valid.
    criteria = mql_criteria(
        {"threshold": 30.0, "valid_to": date(2026, 2, 1)},
        {"criteria_version": "mql-2", "exit_threshold": 35.0, "valid_from": date(2026, 2, 1)},
    )
    got = stays([attribute("2026-01-01", 30.0)], criteria=criteria)
    assert spans(got) == [(jst("2026-01-01"), jst("2026-02-01"), "score")]


def test_without_valid_criteria_nothing_is_gained_and_no_score_lost():
    criteria = mql_criteria({"valid_to": date(2026, 2, 1)})
    assert stays([attribute("2026-02-01", 40.0)], criteria=criteria) == []
    got = stays([behaviour("2026-01-31 23:59", 40.0)], criteria=criteria)
    assert got[0]["lost_reason"] == "inactivity"


def test_a_shorter_half_life_loses_the_score_from_its_first_day():
    # From 1 February on a half-life of 10: 40 * 0.5 ^ (31 / 10) = 4.7.
    lives = half_lives(
        {"half_life_days": 90.0, "valid_to": date(2026, 2, 1)},
        {"half_life_days": 10.0, "valid_from": date(2026, 2, 1)},
    )
    (got,) = stays([behaviour("2026-01-01", 40.0)], lives=lives)
    assert (got["lost_at"], got["lost_reason"]) == (jst("2026-02-01"), "score")


def test_an_exit_threshold_above_the_threshold_is_refused():
    with pytest.raises(LeadsError, match="exit_threshold"):
        read_mql_criteria(mql_criteria({"exit_threshold": 41.0}))


# --- a simulation that looks at every midnight ---------------------------------------------------

START = jst("2026-01-01")
DAYS = 260
HOURS = st.integers(0, 24 * 120)
POINT = st.fixed_dictionaries(
    {
        "lead_id": st.sampled_from(["a", "b"]),
        "hours": st.one_of(HOURS, st.integers(0, 60).map(lambda day: day * 24)),
        "score_kind": st.sampled_from(["behaviour", "behaviour", "attribute"]),
        "points_awarded": st.sampled_from([40.0, 25.0, 20.0, 15.0, -5.0, -20.0]),
    }
)
SPAN = st.tuples(st.sampled_from(["a", "b"]), HOURS, st.integers(0, 24 * 30))
ACTIVE_DAYS = 40
CRITERIA = mql_criteria(
    {"active_within_days": ACTIVE_DAYS, "valid_to": date(2026, 2, 15)},
    {
        "criteria_version": "mql-2",
        "active_within_days": ACTIVE_DAYS,
        "threshold": 35.0,
        "exit_threshold": 30.0,
        "valid_from": date(2026, 2, 15),
    },
)
LIVES = half_lives(
    {"half_life_days": 30.0, "valid_to": date(2026, 3, 1)},
    {"half_life_days": 15.0, "valid_from": date(2026, 3, 1)},
)


def total(points: Rows, at: int) -> float:
    day = at // 24
    life = 30.0 if date(2026, 1, 1) + timedelta(days=day) < date(2026, 3, 1) else 15.0
    return sum(
        one["points_awarded"]
        * (0.5 ** ((day - one["hours"] // 24) / life) if one["score_kind"] == "behaviour" else 1.0)
        for one in points
        if one["hours"] <= at
    )


def simulate(
    points: Rows, active: list[int], excluded: list[tuple[int, int]], closed: list[tuple[int, int]]
) -> list[tuple[int, int | None, str | None]]:
    """Go through every hour at which anything could happen, every midnight among them."""
    looks = {one["hours"] for one in points} | {end for start, end in excluded + closed}
    hours = {hour + ACTIVE_DAYS * 24 for hour in active} | {day * 24 for day in range(DAYS)}
    hours |= looks | {start for start, _ in excluded + closed}
    found: list[tuple[int, int | None, str | None]] = []
    since = None
    for at in sorted(hours):
        is_old = date(2026, 1, 1) + timedelta(days=at // 24) < date(2026, 2, 15)
        threshold, exit_threshold = (40.0, 25.0) if is_old else (35.0, 30.0)
        score = round(total(points, at), 6)
        last = max((hour for hour in active if hour <= at), default=-(10**9))
        blocks = [
            (any(start <= at < end for start, end in excluded), "exclusion"),
            (any(start <= at < end for start, end in closed), "closing_stage"),
        ]
        losses = [
            *blocks,
            (at % 24 == 0 and score < exit_threshold, "score"),
            (at - last >= ACTIVE_DAYS * 24, "inactivity"),
        ]
        if since is not None:
            reason = next((name for holds, name in losses if holds), None)
            if reason is not None:
                found.append((since, at, reason))
                since = None
        is_barred = any(holds for holds, _ in blocks) or at - last >= ACTIVE_DAYS * 24
        if since is None and at in looks and score >= threshold and not is_barred:
            since = at
    assert since is None
    return found


@given(
    st.lists(POINT, max_size=16),
    st.lists(st.tuples(st.sampled_from(["a", "b"]), HOURS), max_size=10),
    st.lists(SPAN, max_size=3),
    st.lists(SPAN, max_size=2),
    st.randoms(),
)
@settings(max_examples=200, deadline=None)
def test_looking_at_every_midnight_finds_the_same(
    points: Rows,
    active: list[tuple[str, int]],
    excluded: list[tuple[str, int, int]],
    closed: list[tuple[str, int, int]],
    random: Random,
):
    def moment(hours: int) -> datetime:
        return START + timedelta(hours=hours)

    def spans_of(found: list[tuple[str, int, int]]) -> Rows:
        return [
            {"lead_id": lead, "from_at": moment(start), "to_at": moment(start + length)}
            for lead, start, length in found
        ]

    rows = [{**one, "effective_at": moment(one["hours"])} for one in points]
    timeline = score_timeline(shuffled(table(POINTS, *rows), random), read_half_lives(LIVES), TOKYO)
    activities = [{"lead_id": lead, "occurred_at": moment(hours)} for lead, hours in active]
    got = mql_stays(
        timeline,
        shuffled(table(HUMAN_ACTIVITIES, *activities), random),
        table(EXCLUSIONS, *spans_of(excluded)),
        table(CLOSINGS, *spans_of(closed)),
        read_mql_criteria(CRITERIA),
        TOKYO,
    )
    expected = [
        (lead, moment(since), moment(end), reason)
        for lead in ("a", "b")
        for since, end, reason in simulate(
            [one for one in points if one["lead_id"] == lead],
            [hours for owner, hours in active if owner == lead],
            [(start, start + n) for owner, start, n in excluded if owner == lead],
            [(start, start + n) for owner, start, n in closed if owner == lead],
        )
        if end is not None
    ]
    columns = ("lead_id", "qualified_at", "lost_at", "lost_reason")
    assert [tuple(row[name] for name in columns) for row in got.to_pylist()] == expected
    assert got.schema == MQLS
