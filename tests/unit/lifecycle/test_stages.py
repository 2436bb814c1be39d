"""The way of a lead through the stages."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifecycle_rows import jst, shuffled, stages, table

from orchestration.errors import LeadsError
from orchestration.lifecycle.stages import closing_intervals, stage_transitions
from orchestration.lifecycle.tables import CLOSINGS, EVIDENCE, LEADS, STAGES, TRANSITIONS

Rows = list[dict[str, Any]]
FIRST = "2026-01-01"


def told(at: str, stage: str, trigger: str = "", **more: str | None) -> dict[str, Any]:
    """Evidence of an instant, unless `through` says until when (None: still going on)."""
    through = more.pop("through", at)
    row = {"from_at": jst(at), "stage_key": stage, "trigger": trigger or stage, **more}
    return {**row, "through_at": None if through is None else jst(through)}


def status(at: str, stage: str) -> dict[str, Any]:
    return told(at, stage, "status", kind="status")


def returned(at: str) -> dict[str, Any]:
    return told(at, "interested", "status", kind="returned")


def closing(at: str, stage: str) -> dict[str, Any]:
    return told(at, stage, kind="closing")


def inquiry(at: str) -> dict[str, Any]:
    return told(at, "evaluating", "inquiry", reopens="lost")


def opportunity(at: str, through: str | None) -> dict[str, Any]:
    return told(at, "evaluating", "opportunity", reopens="any", through=through)


def transitions(*evidence: dict[str, Any], first: str = FIRST) -> Rows:
    leads = table(LEADS, {"first_seen_at": jst(first)})
    return stage_transitions(leads, table(EVIDENCE, *evidence), stages()).to_pylist()  # type: ignore[no-any-return]


def moves(*evidence: dict[str, Any], first: str = FIRST) -> list[tuple[str, datetime, str, str]]:
    return [
        (row["to_stage"], row["entered_at"], row["direction"], row["trigger"])
        for row in transitions(*evidence, first=first)
    ]


def path(*evidence: dict[str, Any], first: str = FIRST) -> list[str]:
    return [row["to_stage"] for row in transitions(*evidence, first=first)]


def test_a_lead_without_evidence_is_new_for_ever():
    (row,) = transitions()
    assert row == {
        "lead_id": "lead",
        "from_stage": None,
        "to_stage": "new",
        "entered_at": jst(FIRST),
        "exited_at": None,
        "direction": "initial",
        "trigger": "first_seen",
        "trigger_id": None,
    }


def test_evidence_times_out_stage_by_stage_from_its_own_moment():
    # An inquiry on 1 March: evaluating for 120 days to 29 June, interested for 180 to 28 August.
    assert moves(inquiry("2026-03-01")) == [
        ("new", jst("2026-01-01"), "initial", "first_seen"),
        ("evaluating", jst("2026-03-01"), "skipped", "inquiry"),
        ("interested", jst("2026-06-29"), "backward", "time_out"),
        ("new", jst("2026-08-28"), "backward", "time_out"),
    ]


def test_each_stay_ends_where_the_next_begins():
    rows = transitions(inquiry("2026-03-01"))
    assert [row["exited_at"] for row in rows[:-1]] == [row["entered_at"] for row in rows[1:]]
    assert rows[-1]["exited_at"] is None
    assert [row["from_stage"] for row in rows] == [None, *(row["to_stage"] for row in rows[:-1])]


def test_newer_evidence_before_the_time_out_moves_it():
    # 120 days after 1 March is 29 June. Evidence on 28 June holds until 26 October.
    held = moves(inquiry("2026-03-01"), inquiry("2026-06-28"))
    assert held[2][:2] == ("interested", jst("2026-10-26"))


def test_evidence_at_the_very_time_out_makes_no_move():
    assert len(moves(inquiry("2026-03-01"), inquiry("2026-06-29"))) == 4
    late = moves(inquiry("2026-03-01"), inquiry("2026-06-29 00:00:01"))
    assert [stage for stage, *_ in late] == [
        "new", "evaluating", "interested", "evaluating", "interested", "new",
    ]  # fmt: skip


def test_a_time_out_names_the_evidence_that_ran_out():
    older = {**told("2026-03-01", "interested"), "trigger_id": "older"}
    newer = {**told("2026-03-05", "interested"), "trigger_id": "newer"}
    assert transitions(newer, older)[-1]["trigger_id"] == "newer"
    as_long = {**told("2026-03-01", "interested", through="2026-03-05"), "trigger_id": "as long"}
    assert transitions(newer, as_long)[-1]["trigger_id"] == "newer"


def test_an_interval_counts_from_its_end_and_a_running_one_without_end():
    # Planned until 1 May and 30 days after, that is 31 May.
    ended = moves(told("2026-03-01", "planned", through="2026-05-01"))
    assert ended[2][:2] == ("evaluating", jst("2026-05-31"))
    running = transitions(told("2026-03-01", "planned", through=None))
    assert (running[-1]["to_stage"], running[-1]["exited_at"]) == ("planned", None)


def test_one_stage_up_is_forward_and_more_is_skipped_in_one_row():
    assert [direction for _, _, direction, _ in moves(
        told("2026-01-02", "interested"), told("2026-01-03", "planned")
    )][:3] == ["initial", "forward", "skipped"]  # fmt: skip


def test_the_first_row_has_the_highest_stage_of_its_very_instant():
    assert moves(inquiry(FIRST), told(FIRST, "interested"))[0] == (
        "evaluating", jst(FIRST), "initial", "inquiry",
    )  # fmt: skip
    assert moves(closing(FIRST, "won"))[0][::2] == ("won", "initial")


def test_evidence_before_the_first_moment_makes_it_the_first():
    assert moves(told("2025-12-01", "interested"))[0][:2] == ("interested", jst("2025-12-01"))


def test_sales_status_takes_a_lead_down_and_newer_evidence_wins_again():
    assert moves(
        told("2026-03-01", "planned", through=None),
        status("2026-03-10", "evaluating"),
        told("2026-03-20", "planned", "quote", through=None),
    )[1:] == [
        ("planned", jst("2026-03-01"), "skipped", "planned"),
        ("evaluating", jst("2026-03-10"), "backward", "status"),
        ("planned", jst("2026-03-20"), "forward", "quote"),
    ]


def test_sales_status_is_evidence_itself():
    assert moves(status("2026-03-01", "evaluating"))[1:3] == [
        ("evaluating", jst("2026-03-01"), "skipped", "status"),
        ("interested", jst("2026-06-29"), "backward", "time_out"),
    ]


def test_sales_status_leaves_evidence_of_its_own_stage_and_below():
    # The status lasts until 26 October (28 June + 120), an open opportunity for ever.
    assert path(opportunity("2026-03-01", None), status("2026-06-28", "evaluating")) == [
        "new", "evaluating",
    ]  # fmt: skip


def test_a_lead_returned_by_sales_is_recycled_when_it_falls():
    assert moves(inquiry("2026-03-01"), returned("2026-03-05"))[2] == (
        "interested", jst("2026-03-05"), "recycled", "status",
    )  # fmt: skip
    assert moves(returned("2026-03-05"))[1] == (
        "interested", jst("2026-03-05"), "forward", "status",
    )  # fmt: skip
    assert path(told("2026-03-01", "interested"), returned("2026-03-05"))[:3] == [
        "new", "interested", "new",
    ]  # fmt: skip


def test_what_was_voided_does_not_come_back():
    # The opportunity is still open, but sales returned the lead afterwards.
    assert path(opportunity("2026-03-01", None), returned("2026-03-05")) == [
        "new", "evaluating", "interested",
    ]  # fmt: skip


def test_evidence_of_the_instant_of_a_status_is_not_older_than_it():
    assert path(inquiry("2026-03-05"), returned("2026-03-05"))[:2] == ["new", "evaluating"]


@pytest.mark.parametrize(
    ("stage", "direction"), [("won", "won"), ("lost", "lost"), ("disqualified", "lost")]
)
def test_a_closing_row_closes_from_any_stage(stage: str, direction: str):
    assert moves(closing("2026-03-01", stage))[1][::2] == (stage, direction)


@pytest.mark.parametrize("closed", ["lost", "disqualified"])
def test_only_what_reopens_leads_out_of_a_lost_stage(closed: str):
    evidence = [closing("2026-03-01", closed), told("2026-03-02", "planned")]
    assert path(*evidence) == ["new", closed]
    for opener in (inquiry("2026-03-03"), opportunity("2026-03-03", None)):
        assert moves(*evidence, opener)[2][:3] == ("evaluating", jst("2026-03-03"), "recycled")


def test_only_a_new_opportunity_leads_out_of_won():
    assert path(closing("2026-03-01", "won"), inquiry("2026-03-03")) == ["new", "won"]
    assert path(closing("2026-03-01", "won"), opportunity("2026-03-03", None)) == [
        "new", "won", "evaluating",
    ]  # fmt: skip


def test_after_a_reopening_only_evidence_from_then_on_counts():
    # The proposal of 2 March and the download of 20 February are forgotten: the lead ends new.
    assert path(
        told("2026-02-20", "interested"),
        closing("2026-03-01", "lost"),
        told("2026-03-02", "planned", through=None),
        inquiry("2026-03-03"),
    ) == ["new", "interested", "lost", "evaluating", "interested", "new"]


def test_a_reopening_goes_to_the_highest_stage_of_its_instant_and_names_the_opener():
    assert moves(
        closing("2026-03-01", "lost"), inquiry("2026-03-03"), told("2026-03-03", "planned")
    )[2] == ("planned", jst("2026-03-03"), "recycled", "inquiry")


def test_a_closing_row_while_closed_moves_nothing():
    assert path(closing("2026-03-01", "lost"), closing("2026-03-02", "won")) == ["new", "lost"]


def test_a_closing_row_that_reopens_leads_from_one_closing_stage_to_another():
    won = {**closing("2026-03-02", "won"), "reopens": "lost"}
    assert moves(closing("2026-03-01", "lost"), won)[2][::2] == ("won", "won")


def test_a_closing_row_is_the_last_word_of_its_instant():
    assert path(inquiry("2026-03-01"), closing("2026-03-01", "lost")) == ["new", "lost"]
    assert path(closing("2026-03-01", "lost"), closing("2026-03-01", "won")) == ["new", "won"]
    reopened_and_won = [opportunity("2026-03-02", "2026-03-02"), closing("2026-03-02", "won")]
    assert path(closing("2026-03-01", "lost"), *reopened_and_won) == ["new", "lost", "won"]


def test_a_stage_of_zero_days_lets_evidence_count_for_those_below():
    rows = [
        {"stage_key": key, "stage_order": order, "is_closing": False, "time_out_days": time_out}
        for order, (key, time_out) in enumerate([("new", None), ("warm", 5), ("hot", 0)])
    ]
    got = stage_transitions(
        table(LEADS, {"first_seen_at": jst(FIRST)}),
        table(EVIDENCE, told("2026-02-01", "hot")),
        table(STAGES, *rows),
    )
    assert got.column("to_stage").to_pylist() == ["new", "warm", "new"]
    assert got.column("trigger").to_pylist() == ["first_seen", "hot", "time_out"]


def test_closing_intervals_are_the_stays_in_closing_stages():
    evidence = [
        closing("2026-03-01", "lost"),
        inquiry("2026-04-01"),
        closing("2026-05-01", "won"),
    ]
    leads = table(LEADS, {"first_seen_at": jst(FIRST)})
    got = closing_intervals(
        stage_transitions(leads, table(EVIDENCE, *evidence), stages()), stages()
    )
    assert got.schema == CLOSINGS
    assert [(row["from_at"], row["to_at"]) for row in got.to_pylist()] == [
        (jst("2026-03-01"), jst("2026-04-01")),
        (jst("2026-05-01"), None),
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"stage_key": "hot"}, {"kind": "hint"}, {"reopens": "won"}, {"kind": "closing"}],
)
def test_evidence_that_no_rule_knows_is_refused(wrong: dict[str, str]):
    with pytest.raises(LeadsError, match="evidence"):
        transitions({**inquiry("2026-03-01"), **wrong})


def test_a_ladder_of_closing_stages_only_is_refused():
    closed = {"stage_key": "won", "stage_order": 1, "is_closing": True}
    with pytest.raises(LeadsError, match="closing"):
        stage_transitions(table(LEADS), table(EVIDENCE), table(STAGES, closed))


def test_no_leads_have_no_transitions():
    got = stage_transitions(table(LEADS), table(EVIDENCE), stages())
    assert (got.num_rows, got.schema) == (0, TRANSITIONS)


# --- the definitions, asked anew at every moment at which anything could happen ------------------

RANKS = {"new": 0, "interested": 1, "evaluating": 2, "planned": 3}
TIME_OUTS = {1: 180, 2: 120, 3: 30}
CLOSED = ["won", "lost", "disqualified"]
DAY = st.integers(0, 300)
LENGTH = st.one_of(st.just(0), st.integers(0, 150), st.none())
OPEN_STAGE = st.sampled_from(["interested", "evaluating", "planned"])
SIGN = st.fixed_dictionaries(
    {
        "day": DAY,
        "length": LENGTH,
        "stage_key": OPEN_STAGE,
        "kind": st.just("evidence"),
        "reopens": st.sampled_from(["none", "lost", "any"]),
    }
)
WORD = st.fixed_dictionaries(
    {
        "day": DAY,
        "length": st.just(0),
        "stage_key": OPEN_STAGE,
        "kind": st.sampled_from(["status", "returned"]),
        "reopens": st.just("none"),
    }
)
CLOSING = st.fixed_dictionaries(
    {
        "day": DAY,
        "length": st.just(0),
        "stage_key": st.sampled_from(CLOSED),
        "kind": st.just("closing"),
        "reopens": st.sampled_from(["none", "none", "any"]),
    }
)
EVIDENCE_ROWS = st.lists(st.one_of(SIGN, SIGN, WORD, CLOSING), max_size=12)


def natural_stage(rows: Rows, at: int, since: int) -> str:
    """The highest stage with evidence dated since a reopening, not voided and not run out."""
    seen = [one for one in rows if since <= one["day"] <= at and one["kind"] != "closing"]

    def is_active(rank: int) -> bool:
        voids = [
            one["day"]
            for one in seen
            if one["kind"] != "evidence" and RANKS[one["stage_key"]] < rank
        ]
        return any(
            RANKS[one["stage_key"]] >= rank
            and not any(one["day"] < void for void in voids)
            and (one["length"] is None or at < one["day"] + one["length"] + TIME_OUTS[rank])
            for one in seen
        )

    return max((key for key in RANKS if RANKS[key] == 0 or is_active(RANKS[key])), key=RANKS.get)


def simulate(rows: Rows) -> list[tuple[str, int, str]]:
    ends = [one["day"] + one["length"] for one in rows if one["length"] is not None]
    days = {0} | {one["day"] for one in rows}
    days |= {end + time_out for end in ends for time_out in TIME_OUTS.values()}
    found: list[tuple[str, int, str]] = []
    stage, since = "", 0
    for at in sorted(days):
        now = [one for one in rows if one["day"] == at]
        is_reopened = False
        if stage in CLOSED:
            accepted = ("any",) if stage == "won" else ("lost", "any")
            if not any(one["reopens"] in accepted for one in now):
                continue
            is_reopened, since = True, at
        closings = [one["stage_key"] for one in now if one["kind"] == "closing"]
        new = min(closings, key=CLOSED.index) if closings else natural_stage(rows, at, since)
        if new == stage:
            continue
        found.append((new, at, direction(stage, new, now, is_reopened=is_reopened)))
        stage = new
    return found


def direction(old: str, new: str, now: Rows, *, is_reopened: bool) -> str:
    if not old:
        return "initial"
    if new in CLOSED:
        return "won" if new == "won" else "lost"
    if is_reopened:
        return "recycled"
    if RANKS[new] > RANKS[old]:
        return "forward" if RANKS[new] == RANKS[old] + 1 else "skipped"
    returns = [one for one in now if one["kind"] == "returned"]
    pulls = any(RANKS[one["stage_key"]] < RANKS[old] for one in returns)
    return "recycled" if pulls else "backward"


@given(st.dictionaries(st.sampled_from(["a", "b"]), EVIDENCE_ROWS), st.randoms())
@settings(max_examples=200, deadline=None)
def test_any_order_of_evidence_gives_what_the_definitions_say(
    by_lead: dict[str, Rows], random: Random
):
    start = jst(FIRST)
    leads = table(LEADS, *({"lead_id": lead, "first_seen_at": start} for lead in by_lead))
    rows = [
        {
            **one,
            "lead_id": lead,
            "from_at": start + timedelta(days=one["day"]),
            "through_at": None
            if one["length"] is None
            else start + timedelta(days=one["day"] + one["length"]),
        }
        for lead, evidence in by_lead.items()
        for one in evidence
    ]
    got = stage_transitions(
        shuffled(leads, random), shuffled(table(EVIDENCE, *rows), random), stages()
    ).to_pylist()
    assert [
        (row["lead_id"], row["to_stage"], (row["entered_at"] - start).days, row["direction"])
        for row in got
    ] == [(lead, *move) for lead in sorted(by_lead) for move in simulate(by_lead[lead])]
    entries = [(row["lead_id"], row["entered_at"]) for row in got]
    assert len(set(entries)) == len(entries)
