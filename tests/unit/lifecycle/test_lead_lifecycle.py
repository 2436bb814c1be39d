"""The whole lifecycle: its parts in order, leads apart from each other, tables as described."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifecycle_rows import INPUTS, inputs, jst, shipped_rules, shuffled, table

from orchestration.errors import LeadsError
from orchestration.lifecycle import tables
from orchestration.lifecycle.lifecycle import LifecycleInputs, LifecycleResult, lead_lifecycle
from orchestration.lifecycle.tables import conform

RESULTS = {
    "awards": tables.AWARDS,
    "transitions": tables.TRANSITIONS,
    "crossings": tables.CROSSINGS,
    "mqls": tables.MQLS,
    "sqls": tables.SQLS,
}


def test_one_lead_goes_all_the_way_from_first_view_to_won():
    # 2 January: decision maker 20 + size 15 = 35. 5 January: pricing 10, in all 45: MQL at once.
    # 6 January: the deadline completes the criteria: SQL. 20 January: won, both end.
    role = {"attribute": "buying_role", "value": "decision_maker"}
    size = {"attribute": "is_target_size", "value": "true"}
    deadline = {"attribute": "purchase_deadline", "value": "2026-03-31"}
    got = lead_lifecycle(
        inputs(
            leads=[{"first_seen_at": jst("2026-01-02")}],
            candidates=[
                {"effective_at": jst("2026-01-05"), "points": 10.0, "candidate_id": "pricing"}
            ],
            attribute_points=[
                {"effective_at": jst("2026-01-02"), "score_kind": "attribute"}
                | {"points_awarded": points}
                for points in (20.0, 15.0)
            ],
            human_activities=[{"occurred_at": jst("2026-01-05")}],
            evidence=[
                {"from_at": jst(at), "through_at": jst(at), "stage_key": stage, "kind": kind}
                for at, stage, kind in [
                    ("2026-01-05", "evaluating", "evidence"),
                    ("2026-01-20", "won", "closing"),
                ]
            ],
            answers=[
                {"valid_from": jst("2026-01-02"), **role},
                {"valid_from": jst("2026-01-02"), **size},
                {"valid_from": jst("2026-01-06"), **deadline},
            ],
        ),
        shipped_rules(),
    )
    assert got.transitions.column("to_stage").to_pylist() == ["new", "evaluating", "won"]
    assert got.crossings.to_pylist() == [
        {"lead_id": "lead", "crossed_at": jst("2026-01-05"), "total": 45.0}
    ]
    (mql,), (sql,) = got.mqls.to_pylist(), got.sqls.to_pylist()
    assert (mql["qualified_at"], mql["ledger_id"]) == (jst("2026-01-05"), "pricing")
    assert (mql["lost_at"], mql["lost_reason"]) == (jst("2026-01-20"), "closing_stage")
    assert (sql["qualified_at"], sql["basis"]) == (jst("2026-01-06"), "mql")
    assert (sql["lost_at"], sql["lost_reason"]) == (jst("2026-01-20"), "closing_stage")


def test_a_month_of_browsing_is_worth_what_the_shipped_cap_leaves():
    # Five pricing views a day for 29 days: 30 points, under the threshold of 40.
    days = [jst("2026-01-01") + timedelta(days=day) for day in range(29)]
    views = [{"effective_at": day, "points": 10.0} for day in days for _ in range(5)]
    got = lead_lifecycle(inputs(candidates=views), shipped_rules())
    assert pc.sum(got.awards.column("points_awarded")).as_py() == 30.0
    assert got.crossings.num_rows == 0


def test_points_that_the_caps_left_nothing_of_are_no_look():
    # 15 + 30 = 45 on 3 January, but no human activity before the 6th; the view of 8 January comes
    # after it and is worth nothing, so nobody looks.
    days = ("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-08")
    role = {"points_awarded": 15.0, "score_kind": "attribute"}
    got = lead_lifecycle(
        inputs(
            candidates=[{"effective_at": jst(day), "points": 10.0} for day in days],
            attribute_points=[{"effective_at": jst("2026-01-01"), **role}],
            human_activities=[{"occurred_at": jst("2026-01-06")}],
        ),
        shipped_rules(),
    )
    assert got.awards.column("points_awarded").to_pylist() == [10.0, 10.0, 10.0, 0.0]
    assert got.crossings.num_rows == 1
    assert got.mqls.num_rows == 0


def test_without_rows_every_table_is_empty_and_typed():
    got = lead_lifecycle(inputs(), shipped_rules())
    for name, schema in RESULTS.items():
        assert getattr(got, name).schema == schema
        assert getattr(got, name).num_rows == 0


# --- leads are apart and rows have no order -------------------------------------------------------

LEAD_IDS = ["a", "b", "c"]
RANDOM_ROWS = st.integers(0, 2**32 - 1)


def random_inputs(seed: int) -> LifecycleInputs:
    """Many rows of three leads, some at the same moments."""
    random = Random(seed)  # noqa: S311  test data
    moments = [jst("2026-01-01") + timedelta(hours=random.randrange(24 * 200)) for _ in range(60)]

    def some(count: int, make: Any) -> list[dict[str, Any]]:  # noqa: ANN401  a lambda
        return [{"lead_id": random.choice(LEAD_IDS), **make()} for _ in range(count)]

    def moment() -> datetime:
        return random.choice(moments)

    def value_of(attribute: str) -> str:
        if attribute == "purchase_deadline":
            return str(date(2026, 3, 1) + timedelta(days=random.randrange(300)))
        role = random.choice(["decision_maker", "influencer"])
        return role if attribute == "buying_role" else random.choice(["true", "false"])

    def answer() -> dict[str, Any]:
        attributes = ("purchase_deadline", "buying_role", "is_budget_known", "is_target_size")
        attribute = random.choice(attributes)
        return {"valid_from": moment(), "attribute": attribute, "value": value_of(attribute)}

    def evidence() -> dict[str, Any]:
        stage, kind, reopens = random.choice(
            [
                ("interested", "evidence", "none"),
                ("evaluating", "evidence", "lost"),
                ("planned", "evidence", "any"),
                ("evaluating", "status", "none"),
                ("interested", "returned", "none"),
                ("lost", "closing", "none"),
                ("won", "closing", "none"),
            ]
        )
        at = moment()
        return {"from_at": at, "through_at": at, "stage_key": stage} | {
            "kind": kind,
            "reopens": reopens,
        }

    return inputs(
        leads=[{"lead_id": lead, "first_seen_at": min(moments)} for lead in LEAD_IDS],
        candidates=some(
            60, lambda: {"effective_at": moment(), "points": random.choice([20.0, 10.0, 0.3, -5.0])}
        ),
        attribute_points=some(
            9,
            lambda: (
                {"effective_at": moment(), "points_awarded": random.choice([20.0, 15.0, -5.0])}
                | {"score_kind": "attribute"}
            ),
        ),
        human_activities=some(40, lambda: {"occurred_at": moment()}),
        exclusions=some(3, lambda: {"from_at": moment(), "to_at": moment()}),
        evidence=some(20, evidence),
        answers=some(30, answer),
        asks=some(5, lambda: {"asked_at": moment()}),
        hand_marks=some(2, lambda: {"marked_at": moment()}),
        dismissals=some(2, lambda: {"dismissed_at": moment()}),
    )


def each(source: LifecycleInputs, change: Any) -> LifecycleInputs:  # noqa: ANN401  a lambda
    return replace(source, **{f.name: change(getattr(source, f.name)) for f in fields(source)})


@given(RANDOM_ROWS)
@settings(max_examples=30, deadline=None)
def test_the_order_of_rows_changes_nothing(seed: int):
    random = Random(seed)  # noqa: S311  test data
    source = random_inputs(seed)
    assert lead_lifecycle(
        each(source, lambda rows: shuffled(rows, random)), shipped_rules()
    ) == lead_lifecycle(source, shipped_rules())


@given(RANDOM_ROWS)
@settings(max_examples=30, deadline=None)
def test_leads_computed_apart_give_what_they_give_together(seed: int):
    source = random_inputs(seed)
    parts = [
        lead_lifecycle(
            each(source, lambda rows, ids=ids: rows.filter(pc.is_in(rows["lead_id"], ids))),
            shipped_rules(),
        )
        for ids in (pa.array(["a"]), pa.array(["b", "c"]))
    ]
    together = lead_lifecycle(source, shipped_rules())
    for field in fields(LifecycleResult):
        apart = pa.concat_tables([getattr(part, field.name) for part in parts])
        assert apart.to_pylist() == getattr(together, field.name).to_pylist()


@given(RANDOM_ROWS)
@settings(max_examples=30, deadline=None)
def test_what_is_known_up_to_a_moment_is_all_that_counts_up_to_it(seed: int):
    # A build must not change what an earlier one said of its own past.
    source = random_inputs(seed)
    cut = jst("2026-03-15 12:00")
    moments = {
        "leads": "first_seen_at",
        "candidates": "effective_at",
        "attribute_points": "effective_at",
        "human_activities": "occurred_at",
        "exclusions": "from_at",
        "evidence": "from_at",
        "answers": "valid_from",
        "asks": "asked_at",
        "hand_marks": "marked_at",
        "dismissals": "dismissed_at",
    }
    past = replace(
        source,
        **{
            name: getattr(source, name).filter(pc.field(moment) <= pa.scalar(cut, tables.MOMENT))
            for name, moment in moments.items()
        },
    )
    early, late = lead_lifecycle(past, shipped_rules()), lead_lifecycle(source, shipped_rules())
    for field in fields(LifecycleResult):
        seen = seen_at(cut, getattr(early, field.name))
        assert seen == seen_at(cut, getattr(late, field.name))


def seen_at(cut: datetime, result: pa.Table) -> list[dict[str, Any]]:
    """The rows that begin up to a moment; what lies ahead of it is not told."""
    rows = []
    for row in result.to_pylist():
        begin = next(row[name] for name in BEGINS if name in row)
        end = row.get("lost_at", row.get("exited_at"))
        ahead = {} if end is not None and end <= cut else dict.fromkeys(ENDS)
        if begin <= cut:
            rows.append({**row, **ahead})
    return rows


BEGINS = ("effective_at", "entered_at", "crossed_at", "qualified_at")
ENDS = ("lost_at", "lost_reason", "exited_at")


# --- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", INPUTS)
def test_tables_come_in_any_width_and_order_of_columns(name: str):
    schema = INPUTS[name]
    wide = table(schema).append_column("more", pa.array([], pa.int64()))
    assert conform(wide.select(wide.column_names[::-1]), schema, name).schema == schema


def test_a_missing_column_is_named():
    with pytest.raises(LeadsError, match=r"points.*lifecycle table candidates"):
        conform(table(tables.CANDIDATES).drop_columns("points"), tables.CANDIDATES, "candidates")


def test_a_null_where_none_is_meant_is_named():
    with pytest.raises(LeadsError, match="nulls: lead_id"):
        conform(
            table(tables.ASKS, {"lead_id": None, "asked_at": jst("2026-01-01")}), tables.ASKS, ""
        )


def test_a_value_of_another_type_is_refused():
    wrong = pa.table({"lead_id": ["a"], "occurred_at": ["noon"]})
    with pytest.raises(LeadsError, match="human"):
        conform(wrong, tables.HUMAN_ACTIVITIES, "human_activities")
    nested = pa.table({"lead_id": ["a"], "occurred_at": [[1]]})
    with pytest.raises(LeadsError, match="human"):
        conform(nested, tables.HUMAN_ACTIVITIES, "human_activities")


def test_timestamps_with_a_zone_become_naive_utc():
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
    aware = pa.table(
        {"lead_id": ["a"], "occurred_at": pa.array([moment], pa.timestamp("us", "Asia/Tokyo"))}
    )
    got = conform(aware, tables.HUMAN_ACTIVITIES, "human_activities")
    assert got.column("occurred_at").to_pylist() == [datetime(2026, 1, 1, 12)]  # noqa: DTZ001
