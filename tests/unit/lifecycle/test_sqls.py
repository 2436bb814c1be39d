"""When a lead is SQL: by criteria or by hand, its losses, and a simulation at every midnight."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifecycle_rows import half_lives, jst, shuffled, sql_criteria, table

from orchestration.errors import LeadsError
from orchestration.lifecycle.criteria import read_half_lives, read_sql_criteria
from orchestration.lifecycle.days import LocalDays
from orchestration.lifecycle.scores import score_timeline
from orchestration.lifecycle.sqls import sql_stays
from orchestration.lifecycle.tables import (
    ANSWERS,
    ASKS,
    CLOSINGS,
    DISMISSALS,
    EXCLUSIONS,
    HAND_MARKS,
    MQLS,
    POINTS,
    SQLS,
)

TOKYO = LocalDays("Asia/Tokyo")
Rows = list[dict[str, Any]]
Span = tuple[str, str | None]


def answer(at: str, attribute: str, value: str | None) -> dict[str, Any]:
    row = {"valid_from": jst(at), "attribute": attribute, "value": value}
    return {**row, "trigger_id": f"{attribute} {at}"}


def deadline(at: str, value: str | None) -> dict[str, Any]:
    return answer(at, "purchase_deadline", value)


def role(at: str, value: str | None) -> dict[str, Any]:
    return answer(at, "buying_role", value)


def budget(at: str, value: str) -> dict[str, Any]:
    return answer(at, "is_budget_known", value)


def size(at: str, value: str) -> dict[str, Any]:
    return answer(at, "is_target_size", value)


# Everything the criteria ask for, answered on 1 January with a deadline on 30 June.
READY = [
    deadline("2026-01-01", "2026-06-30"),
    role("2026-01-01", "decision_maker"),
    budget("2026-01-01", "true"),
]


def stays(
    answers: Rows,
    mqls: list[Span] | None = None,
    asks: list[str] | None = None,
    marks: list[str] | None = None,
    dismissed: list[str] | None = None,
    excluded: list[Span] | None = None,
    closed: list[Span] | None = None,
    points: list[str] | None = None,
    criteria: pa.Table | None = None,
) -> Rows:
    """The SQLs of one lead."""
    ledger = [
        {"effective_at": jst(at), "points_awarded": 5.0, "ledger_id": f"row of {at}"}
        for at in points or []
    ]
    mql_rows = [{**interval(span, "qualified_at", "lost_at")} for span in mqls or []]
    got = sql_stays(
        mqls=table(
            MQLS, *({**row, "criteria_version": "", "total_at_gain": 40.0} for row in mql_rows)
        ),
        answers=table(ANSWERS, *answers),
        asks=table(
            ASKS, *({"asked_at": jst(at), "trigger_id": f"ask of {at}"} for at in asks or [])
        ),
        hand_marks=table(
            HAND_MARKS,
            *({"marked_at": jst(at), "trigger_id": f"mark of {at}"} for at in marks or []),
        ),
        dismissals=table(DISMISSALS, *({"dismissed_at": jst(at)} for at in dismissed or [])),
        exclusions=table(EXCLUSIONS, *map(interval, excluded or [])),
        closings=table(CLOSINGS, *map(interval, closed or [])),
        timeline=score_timeline(table(POINTS, *ledger), read_half_lives(half_lives()), TOKYO),
        criteria=read_sql_criteria(sql_criteria() if criteria is None else criteria),
        days=TOKYO,
    )
    return got.to_pylist()  # type: ignore[no-any-return]


def interval(bounds: Span, start: str = "from_at", end: str = "to_at") -> dict[str, Any]:
    return {start: jst(bounds[0]), end: None if bounds[1] is None else jst(bounds[1])}


def spans(got: Rows) -> list[tuple[datetime, datetime | None, str | None]]:
    return [(row["qualified_at"], row["lost_at"], row["lost_reason"]) for row in got]


def causes(got: Rows) -> list[tuple[datetime, str, str, str | None]]:
    return [(row["qualified_at"], row["basis"], row["trigger"], row["trigger_id"]) for row in got]


def test_an_mql_that_meets_the_criteria_is_sql_with_the_values_that_met_them():
    (got,) = stays(READY, mqls=[("2026-02-01 10:00", None)], points=["2026-02-01 10:00"])
    assert got == {
        "lead_id": "lead",
        "qualified_at": jst("2026-02-01 10:00"),
        "lost_at": None,
        "lost_reason": None,
        "criteria_version": "sql-1",
        "basis": "mql",
        "trigger": "points",
        "trigger_id": "row of 2026-02-01 10:00",
        "purchase_deadline": date(2026, 6, 30),
        "buying_role": "decision_maker",
        "is_budget_known": True,
        "is_target_size": False,
    }


def test_the_criteria_alone_make_no_sql():
    assert stays(READY) == []


@pytest.mark.parametrize(
    ("missing", "gains"),
    [("purchase_deadline", 0), ("buying_role", 0), ("is_budget_known", 0), ("none", 1)],
)
def test_every_part_of_the_criteria_is_needed(missing: str, gains: int):
    answers = [one for one in READY if one["attribute"] != missing]
    assert len(stays(answers, mqls=[("2026-02-01", None)])) == gains


def test_target_size_stands_in_for_a_known_budget():
    answers = [*READY[:2], size("2026-01-01", "true")]
    assert stays(answers, mqls=[("2026-02-01", None)])[0]["is_target_size"] is True


def test_a_role_that_is_not_accepted_makes_no_sql():
    answers = [READY[0], role("2026-01-01", "in_charge"), READY[2]]
    assert stays(answers, mqls=[("2026-02-01", None)]) == []


@pytest.mark.parametrize(
    ("asked", "gains"), [("2026-01-02 10:00:00", 1), ("2026-01-02 09:59:59.999999", 0)]
)
def test_an_ask_counts_for_thirty_days_to_the_last_instant(asked: str, gains: int):
    # 1 February 10:00 is 30 times 24 hours after 2 January 10:00.
    answers = [READY[0], READY[1], budget("2026-02-01 10:00", "true")]
    got = stays(answers, asks=[asked])
    assert [row["basis"] for row in got] == ["asked"] * gains
    assert [row["trigger_id"] for row in got] == ["is_budget_known 2026-02-01 10:00"] * gains


def test_an_ask_completes_an_sql_and_is_its_trigger():
    assert causes(stays(READY, asks=["2026-02-01 10:00"])) == [
        (jst("2026-02-01 10:00"), "asked", "ask", "ask of 2026-02-01 10:00")
    ]


def test_an_sql_by_asking_outlives_the_thirty_days():
    assert spans(stays(READY, asks=["2026-02-01"])) == [(jst("2026-02-01"), None, None)]


@pytest.mark.parametrize(
    ("value", "gains"),
    [("2026-01-31", 0), ("2026-02-01", 1), ("2026-08-01", 1)],
)
def test_the_deadline_lies_between_today_and_six_months_ahead(value: str, gains: int):
    answers = [deadline("2026-01-01", value), *READY[1:]]
    assert len(stays(answers, mqls=[("2026-02-01 23:59", "2026-02-01 23:59:59")])) == gains


def test_a_deadline_comes_within_reach_at_a_midnight():
    # 2 August is within six months from 2 February on.
    answers = [deadline("2026-01-01", "2026-08-02"), *READY[1:]]
    assert causes(stays(answers, mqls=[("2026-02-01 10:00", None)])) == [
        (jst("2026-02-02"), "mql", "midnight", None)
    ]
    # From 28 February six months reach 28 August, from 1 March 1 September: 31 August then.
    answers = [deadline("2026-01-01", "2026-08-31"), *READY[1:]]
    assert stays(answers, mqls=[("2026-02-01", None)])[0]["qualified_at"] == jst("2026-03-01")


def test_the_midnight_counts_only_while_mql_or_asked_holds():
    answers = [deadline("2026-01-01", "2026-08-02"), *READY[1:]]
    assert stays(answers, mqls=[("2026-01-15", "2026-02-02")]) == []
    # 30 times 24 hours before the midnight of 2 February is that of 3 January.
    assert len(stays(answers, asks=["2026-01-03 00:00"])) == 1
    assert stays(answers, asks=["2026-01-02 23:59"]) == []


def test_a_changed_answer_is_a_look_and_tells_its_row():
    answers = [*READY[:2], budget("2026-02-10 11:00", "true")]
    assert causes(stays(answers, mqls=[("2026-02-01", None)])) == [
        (jst("2026-02-10 11:00"), "mql", "answer", "is_budget_known 2026-02-10 11:00")
    ]


def test_a_changed_size_is_looked_at_with_the_next_points_or_at_the_next_midnight():
    answers = [*READY[:2], size("2026-02-10 11:00", "true")]
    mql: list[Span] = [("2026-02-01", None)]
    assert causes(stays(answers, mqls=mql)) == [(jst("2026-02-11"), "mql", "midnight", None)]
    assert causes(stays(answers, mqls=mql, points=["2026-02-10 12:00"])) == [
        (jst("2026-02-10 12:00"), "mql", "points", "row of 2026-02-10 12:00")
    ]
    assert stays(answers, mqls=mql, points=["2026-02-10 11:00"])[0]["qualified_at"] == jst(
        "2026-02-10 11:00"
    )
    at_midnight = [*READY[:2], size("2026-02-10 00:00", "true")]
    assert stays(at_midnight, mqls=mql)[0]["qualified_at"] == jst("2026-02-10")


def test_a_passed_deadline_alone_loses_nothing():
    answers = [deadline("2026-01-01", "2026-02-15"), *READY[1:]]
    assert spans(stays(answers, mqls=[("2026-02-01", None)])) == [(jst("2026-02-01"), None, None)]


@pytest.mark.parametrize(
    ("changed", "is_lost"),
    [
        (deadline("2026-03-01", None), True),
        (deadline("2026-03-01", "2026-02-28"), True),
        (deadline("2026-03-01", "2026-03-01"), False),
        (deadline("2026-03-01", "2026-09-01"), False),
        (deadline("2026-03-01", "2026-09-02"), True),
        (role("2026-03-01", "in_charge"), True),
        (role("2026-03-01", None), True),
        (role("2026-03-01", "influencer"), False),
        (budget("2026-03-01", "false"), True),
    ],
)
def test_a_value_that_changes_so_that_it_fails_ends_an_sql(changed: dict[str, Any], is_lost: bool):
    (got, *_) = stays([*READY, changed], mqls=[("2026-02-01", None)])
    assert got["lost_reason"] == ("value_change" if is_lost else None)
    assert got["lost_at"] == (jst("2026-03-01") if is_lost else None)


def test_a_lost_budget_is_no_loss_at_a_company_of_target_size():
    answers = [*READY, size("2026-01-01", "true"), budget("2026-03-01", "false")]
    assert spans(stays(answers, mqls=[("2026-02-01", None)]))[0][1] is None


def test_an_answer_that_repeats_its_value_changes_nothing():
    # The deadline of 15 February has passed on 1 March; saying it again is no new failure.
    answers = [deadline("2026-01-01", "2026-02-15"), *READY[1:]]
    again = deadline("2026-03-01", "2026-02-15")
    assert spans(stays([*answers, again], mqls=[("2026-02-01", None)]))[0][1] is None


def test_a_change_of_one_value_does_not_judge_the_others():
    # On 1 March the deadline of 15 February has passed, but it is the role that changes.
    answers = [deadline("2026-01-01", "2026-02-15"), *READY[1:], role("2026-03-01", "influencer")]
    assert spans(stays(answers, mqls=[("2026-02-01", None)]))[0][1] is None


def test_a_value_that_is_good_again_regains_a_new_row():
    answers = [*READY, role("2026-03-01", None), role("2026-03-05", "influencer")]
    assert spans(stays(answers, mqls=[("2026-02-01", None)])) == [
        (jst("2026-02-01"), jst("2026-03-01"), "value_change"),
        (jst("2026-03-05"), None, None),
    ]


@pytest.mark.parametrize(
    ("asked", "is_lost"),
    [("2026-02-01 10:00:00", False), ("2026-02-01 09:59:59", True), ("2026-03-03 10:00:01", True)],
)
def test_with_the_mql_goes_the_sql_unless_it_asked_within_thirty_days(asked: str, is_lost: bool):
    # The MQL is lost on 3 March 10:00, 30 times 24 hours after 1 February 10:00.
    got = stays(READY, mqls=[("2026-01-20", "2026-03-03 10:00")], asks=[asked])
    assert (got[0]["lost_reason"] == "mql_lost") is is_lost


def test_an_exclusion_ends_an_sql_and_its_end_gives_a_new_one():
    got = stays(READY, mqls=[("2026-02-01", None)], excluded=[("2026-03-01", "2026-03-10")])
    assert spans(got) == [
        (jst("2026-02-01"), jst("2026-03-01"), "exclusion"),
        (jst("2026-03-10"), None, None),
    ]
    assert causes(got)[1][1:] == ("mql", "release", None)


def test_an_exclusion_is_told_before_the_loss_of_the_mql_it_causes():
    got = stays(READY, mqls=[("2026-02-01", "2026-03-01")], closed=[("2026-03-01", None)])
    assert spans(got) == [(jst("2026-02-01"), jst("2026-03-01"), "closing_stage")]


def test_a_hand_mark_makes_an_sql_without_any_criteria():
    (got,) = stays([], marks=["2026-02-01", "2026-02-02"])
    assert got["qualified_at"] == jst("2026-02-01")
    assert (got["criteria_version"], got["basis"], got["trigger"]) == ("manual", "manual", "status")
    assert got["trigger_id"] == "mark of 2026-02-01"


def test_an_sql_by_hand_ends_with_exclusion_and_closing_only():
    lasting = [*READY, role("2026-03-01", None)]
    got = stays(lasting, mqls=[("2026-02-10", "2026-03-05")], marks=["2026-02-01"])
    assert spans(got) == [(jst("2026-02-01"), None, None)]
    closed = stays([], marks=["2026-02-01"], closed=[("2026-03-01", None)])
    assert spans(closed) == [(jst("2026-02-01"), jst("2026-03-01"), "closing_stage")]


def test_a_mark_set_while_excluded_gives_nothing_later():
    assert stays([], marks=["2026-02-01"], excluded=[("2026-01-01", "2026-03-01")]) == []
    assert len(stays([], marks=["2026-03-01"], excluded=[("2026-01-01", "2026-03-01")])) == 1


@pytest.mark.parametrize("marked", ["2026-02-01", "2026-02-10", "2026-03-01"])
def test_an_sql_that_sales_marks_too_does_not_end_with_its_mql(marked: str):
    got = stays(READY, mqls=[("2026-02-01", "2026-03-01")], marks=[marked])
    assert spans(got) == [(jst("2026-02-01"), None, None)]
    assert got[0]["criteria_version"] == "sql-1"


def test_an_sql_that_sales_marks_too_ends_with_a_value_that_fails_its_criteria():
    failing = [*READY, role("2026-03-01", None)]
    got = stays(failing, mqls=[("2026-02-01", None)], marks=["2026-02-10"])
    assert spans(got) == [(jst("2026-02-01"), jst("2026-03-01"), "value_change")]


def test_a_mark_after_the_loss_makes_a_new_sql():
    got = stays(READY, mqls=[("2026-02-01", "2026-03-01")], marks=["2026-03-02"])
    assert spans(got)[0] == (jst("2026-02-01"), jst("2026-03-01"), "mql_lost")
    assert causes(got)[1][:2] == (jst("2026-03-02"), "manual")


MQL: list[Span] = [("2026-02-01", None)]


def test_a_dismissed_sql_lasts_while_nothing_happens():
    # Neither the criteria that go on to hold, nor points, nor another answer that holds are news.
    got = stays(
        [*READY, deadline("2026-03-05", "2026-07-31")],
        mqls=MQL,
        points=["2026-03-03"],
        dismissed=["2026-03-01"],
    )
    assert spans(got) == [(jst("2026-02-01"), None, None)]


@pytest.mark.parametrize(
    ("news", "basis"), [({"asks": ["2026-03-10"]}, "mql"), ({"marks": ["2026-03-10"]}, "manual")]
)
def test_a_dismissed_sql_is_gained_anew_by_an_ask_or_a_mark(news: dict[str, list[str]], basis: str):
    got = stays(READY, mqls=MQL, dismissed=["2026-03-01"], **news)
    assert spans(got) == [
        (jst("2026-02-01"), jst("2026-03-10"), "regained"),
        (jst("2026-03-10"), None, None),
    ]
    assert got[1]["basis"] == basis


@pytest.mark.parametrize("news", [{"asks": ["2026-03-10"]}, {"marks": ["2026-03-10"]}])
@pytest.mark.parametrize("dismissed", [[], ["2026-01-31"], ["2026-03-10"], ["2026-03-11"]])
def test_only_what_comes_after_a_dismissal_gains_an_sql_anew(
    news: dict[str, list[str]], dismissed: list[str]
):
    got = stays(READY, mqls=MQL, dismissed=dismissed, **news)
    assert spans(got) == [(jst("2026-02-01"), None, None)]


def test_an_sql_dismissed_the_moment_it_is_gained_is_dismissed():
    got = stays(READY, mqls=MQL, dismissed=["2026-02-01"], marks=["2026-02-02"])
    assert spans(got)[0] == (jst("2026-02-01"), jst("2026-02-02"), "regained")


def test_a_dismissed_sql_is_gained_anew_with_another_mql():
    asked = {"asks": ["2026-02-20"], "dismissed": ["2026-02-25"]}
    got = stays(READY, mqls=[("2026-02-01", "2026-03-01"), ("2026-03-10", None)], **asked)
    assert spans(got) == [
        (jst("2026-02-01"), jst("2026-03-10"), "regained"),
        (jst("2026-03-10"), None, None),
    ]


def test_a_company_of_target_size_completes_the_criteria_of_a_dismissed_sql_at_midnight():
    answers = [*READY[:2], size("2026-03-10 12:00", "true")]
    got = stays(answers, mqls=MQL, marks=["2026-02-10"], dismissed=["2026-03-01"])
    assert causes(got)[1] == (jst("2026-03-11"), "mql", "midnight", None)


def test_a_dismissed_sql_whose_deadline_passed_is_gained_anew_with_another_deadline():
    answers = [deadline("2026-01-01", "2026-03-05"), *READY[1:]]
    again = deadline("2026-03-10", "2026-06-30")
    got = stays([*answers, again], mqls=MQL, dismissed=["2026-03-01"])
    assert spans(got)[0] == (jst("2026-02-01"), jst("2026-03-10"), "regained")


def test_a_dismissed_sql_by_hand_is_gained_anew_once_the_criteria_hold():
    # The budget of 10 March completes them; that of 20 March finds them complete.
    answers = [*READY[:2], budget("2026-03-10", "true"), size("2026-03-20", "true")]
    got = stays(answers, mqls=MQL, marks=["2026-02-10"], dismissed=["2026-03-01"])
    assert spans(got) == [
        (jst("2026-02-10"), jst("2026-03-10"), "regained"),
        (jst("2026-03-10"), None, None),
    ]
    # 30 September comes within six months on 30 March.
    far = [deadline("2026-01-01", "2026-09-30"), *READY[1:]]
    got = stays(far, mqls=MQL, marks=["2026-02-10"], dismissed=["2026-03-01"])
    assert causes(got)[1] == (jst("2026-03-30"), "mql", "midnight", None)


def test_criteria_go_before_a_mark_of_the_same_moment():
    assert causes(stays(READY, mqls=[("2026-02-01", None)], marks=["2026-02-01"]))[0][1] == "mql"


def test_new_criteria_are_looked_at_from_their_first_midnight():
    criteria = sql_criteria(
        {"accepted_roles": ["decision_maker"], "valid_to": date(2026, 3, 1)},
        {"criteria_version": "sql-2", "valid_from": date(2026, 3, 1)},
    )
    answers = [READY[0], role("2026-01-01", "influencer"), READY[2]]
    (got,) = stays(answers, mqls=[("2026-02-01", None)], criteria=criteria)
    assert (got["qualified_at"], got["criteria_version"]) == (jst("2026-03-01"), "sql-2")


def test_criteria_that_need_no_flag_do_without():
    criteria = sql_criteria({"needs_any_of": []})
    assert len(stays(READY[:2], mqls=[("2026-02-01", None)], criteria=criteria)) == 1


def test_deadlines_at_the_ends_of_the_calendar_harm_nobody():
    for value in ("0001-01-01", "9999-12-31"):
        answers = [deadline("2026-01-01", value), *READY[1:]]
        assert stays(answers, mqls=[("2026-02-01", None)]) == []


@pytest.mark.parametrize(
    "wrong",
    [deadline("2026-01-01", "soon"), budget("2026-01-01", "maybe"), answer("2026-01-01", "x", "y")],
)
def test_an_answer_that_cannot_be_read_is_refused(wrong: dict[str, Any]):
    with pytest.raises(LeadsError, match="answers"):
        stays([wrong], marks=["2026-01-01"])


# --- a simulation that looks at every midnight and every ledger row ------------------------------

START = jst("2026-01-01")
HOURS = st.one_of(st.integers(0, 24 * 100), st.integers(0, 100).map(lambda day: day * 24))
ANSWER = st.one_of(
    st.tuples(
        HOURS,
        st.just("purchase_deadline"),
        st.dates(date(2025, 12, 20), date(2026, 10, 31)).map(str),
    ),
    st.tuples(HOURS, st.just("purchase_deadline"), st.none()),
    st.tuples(
        HOURS, st.just("buying_role"), st.sampled_from(["decision_maker", "influencer", None])
    ),
    st.tuples(
        HOURS,
        st.sampled_from(["is_budget_known", "is_target_size"]),
        st.sampled_from(["true", "true", "false"]),
    ),
)
EARLY = st.integers(0, 24 * 20)
# Most leads are given what the criteria ask for, so that there is something to lose.
READY_ANSWERS = st.tuples(
    st.tuples(
        EARLY,
        st.just("purchase_deadline"),
        st.dates(date(2026, 3, 1), date(2026, 9, 30)).map(str),
    ),
    st.tuples(EARLY, st.just("buying_role"), st.just("decision_maker")),
    st.tuples(EARLY, st.just("is_target_size"), st.just("true")),
).map(list)
ANSWERS_OF_LEAD = st.builds(
    lambda ready, more: list({one[:2]: one for one in ready + more}.values()),
    st.one_of(READY_ANSWERS, READY_ANSWERS, st.just([])),
    st.lists(ANSWER, max_size=6),
)
SPANS = st.lists(st.tuples(HOURS, st.integers(1, 24 * 40)), max_size=2)
LEAD = st.fixed_dictionaries(
    {
        "answers": ANSWERS_OF_LEAD,
        "asks": st.lists(HOURS, max_size=3, unique=True),
        "marks": st.lists(HOURS, max_size=2, unique=True),
        "dismissed": st.lists(HOURS, max_size=2, unique=True),
        "points": st.lists(HOURS, max_size=3, unique=True),
        "mqls": st.lists(st.tuples(HOURS, st.integers(24, 24 * 80)), max_size=3),
        "excluded": SPANS,
        "closed": SPANS,
    }
)
VERSIONS = sql_criteria(
    {
        "accepted_roles": ["decision_maker"],
        "max_months_ahead": 4,
        "asked_within_days": 10,
        "valid_to": date(2026, 2, 10),
    },
    {"criteria_version": "sql-2", "asked_within_days": 20, "valid_from": date(2026, 2, 10)},
)


def mql_spans(lead: dict[str, Any]) -> list[tuple[int, int]]:
    """Disjoint stays as MQL: of those drawn, each that begins after the one before."""
    found: list[tuple[int, int]] = []
    for start, length in sorted(lead["mqls"]):
        if not found or start > found[-1][1]:
            found.append((start, start + length))
    return found


def months_ahead(day: date, months: int) -> date:
    """The same day some months ahead; found backwards from the longest month."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, number))
        except ValueError:
            continue
    raise AssertionError


def simulate(lead: dict[str, Any]) -> list[tuple[int, int | None, str | None, str]]:
    """Go through every hour at which anything could happen, every midnight among them."""
    mqls = mql_spans(lead)
    excluded = [(start, start + length) for start, length in lead["excluded"]]
    closed = [(start, start + length) for start, length in lead["closed"]]
    looks = {start for start, _ in mqls} | {end for _, end in excluded + closed}
    looks |= {*lead["asks"], *lead["points"], *(day * 24 for day in range(300))}
    hours = looks | {hour for span in mqls + excluded + closed for hour in span}
    hours |= {hour for hour, *_ in lead["answers"]} | {*lead["marks"], *lead["dismissed"]}
    values: dict[str, str | None] = {}
    found: list[tuple[int, int | None, str | None, str]] = []
    sql: tuple[int, str] | None = None
    marked, dismissed, was_good, is_new = False, False, False, False
    for at in sorted(hours):
        told = {name: value for hour, name, value in lead["answers"] if hour == at}
        changed = {name for name in told if _known(told[name]) != _known(values.get(name))}
        # An instant earlier, perhaps by the rules of the day before, the criteria held or did not.
        eve = date(2026, 1, 1) + timedelta(days=(at - 1) // 24)
        window = 240 if eve < date(2026, 2, 10) else 480
        was_good_before = not _failing(values, eve, is_old=window == 240) and (
            any(start < at <= end for start, end in mqls)
            or any(at - window <= ask < at for ask in lead["asks"])
        )
        values |= told
        today = date(2026, 1, 1) + timedelta(days=at // 24)
        is_old = today < date(2026, 2, 10)
        failing = _failing(values, today, is_old=is_old)
        has_asked = any(at - (240 if is_old else 480) <= ask <= at for ask in lead["asks"])
        block = "exclusion" if any(a <= at < b for a, b in excluded) else None
        block = block or ("closing_stage" if any(a <= at < b for a, b in closed) else None)
        is_mql = any(start <= at < end for start, end in mqls)
        is_look = at in looks or bool(changed - {"is_target_size"})
        is_good = not failing and (is_mql or has_asked)
        marked |= at in lead["marks"]
        if sql is not None:
            reason = block
            if sql[1] != "manual" and reason is None:
                is_bad = bool({_part(name) for name in changed} & failing)
                loses_mql = any(end == at for _, end in mqls) and not has_asked and not marked
                reason = "value_change" if is_bad else "mql_lost" if loses_mql else None
            was_good &= was_good_before
            is_new = not was_good or at in lead["asks"] or any(start == at for start, _ in mqls)
            is_gain = at in lead["marks"] or (is_look and is_good and is_new)
            if reason is None and dismissed and at not in lead["dismissed"] and is_gain:
                reason = "regained"
            if reason is not None:
                found.append((sql[0], at, reason, sql[1]))
                sql = None
        if sql is None and block is None:
            is_regained = bool(found) and found[-1][1:3] == (at, "regained")
            if is_look and is_good and (is_new or not is_regained):
                sql = (at, "mql" if is_mql else "asked")
            elif at in lead["marks"]:
                sql = (at, "manual")
            marked, dismissed = at in lead["marks"], False
        if at in lead["dismissed"]:
            dismissed, was_good = True, True
    return found + ([(sql[0], None, None, sql[1])] if sql else [])


def _known(value: str | None) -> str | None:
    return None if value == "false" else value


def _part(attribute: str) -> str:
    return "need" if attribute.startswith("is_") else attribute


def _failing(values: dict[str, str | None], today: date, *, is_old: bool) -> set[str]:
    failing = set()
    text = values.get("purchase_deadline")
    if not text or not today <= date.fromisoformat(text) <= months_ahead(today, 4 if is_old else 6):
        failing.add("purchase_deadline")
    roles = ["decision_maker"] if is_old else ["decision_maker", "influencer"]
    if values.get("buying_role") not in roles:
        failing.add("buying_role")
    if "true" not in (values.get("is_budget_known"), values.get("is_target_size")):
        failing.add("need")
    return failing


@given(st.dictionaries(st.sampled_from(["a", "b"]), LEAD), st.randoms())
@settings(max_examples=300, deadline=None)
def test_looking_at_every_midnight_finds_the_same(leads: dict[str, dict[str, Any]], random: Random):
    def moment(hours: int) -> datetime:
        return START + timedelta(hours=hours)

    rows: dict[str, Rows] = {name: [] for name in ("mqls", "points", "excluded", "closed")}
    answers: Rows = []
    asks: Rows = []
    marks: Rows = []
    dismissals: Rows = []
    for lead_id, lead in leads.items():
        owner = {"lead_id": lead_id}
        for hour, name, value in lead["answers"]:
            answers.append({**owner, "valid_from": moment(hour), "attribute": name, "value": value})
        asks += [{**owner, "asked_at": moment(hour)} for hour in lead["asks"]]
        marks += [{**owner, "marked_at": moment(hour)} for hour in lead["marks"]]
        dismissals += [{**owner, "dismissed_at": moment(hour)} for hour in lead["dismissed"]]
        rows["points"] += [
            {**owner, "effective_at": moment(hour), "points_awarded": 1.0}
            for hour in lead["points"]
        ]
        for start, end in mql_spans(lead):
            stay = {"qualified_at": moment(start), "lost_at": moment(end)}
            rows["mqls"].append({**owner, **stay, "criteria_version": "", "total_at_gain": 40.0})
        for name in ("excluded", "closed"):
            rows[name] += [
                {**owner, "from_at": moment(start), "to_at": moment(start + length)}
                for start, length in lead[name]
            ]
    points = table(POINTS, *rows["points"])
    got = sql_stays(
        mqls=shuffled(table(MQLS, *rows["mqls"]), random),
        answers=shuffled(table(ANSWERS, *answers), random),
        asks=shuffled(table(ASKS, *asks), random),
        hand_marks=shuffled(table(HAND_MARKS, *marks), random),
        dismissals=shuffled(table(DISMISSALS, *dismissals), random),
        exclusions=table(EXCLUSIONS, *rows["excluded"]),
        closings=table(CLOSINGS, *rows["closed"]),
        timeline=score_timeline(points, read_half_lives(half_lives()), TOKYO),
        criteria=read_sql_criteria(VERSIONS),
        days=TOKYO,
    )
    columns = ("lead_id", "qualified_at", "lost_at", "lost_reason", "basis")
    assert [tuple(row[name] for name in columns) for row in got.to_pylist()] == [
        (lead_id, moment(since), None if end is None else moment(end), reason, basis)
        for lead_id in sorted(leads)
        for since, end, reason, basis in simulate(leads[lead_id])
    ]
    assert got.schema == SQLS
