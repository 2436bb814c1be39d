"""What the marts say of each story is what was worked out on paper beside it."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Any

import pytest

from tests.golden.organisation import AS_OF, SHAPES, Organisation, shown
from tests.golden.story import moment, read_expected

# The points of the article's tables.
POINTS = {
    "pricing_view": 10,
    "faq_view": 5,
    "material_download": 15,
    "seminar_attended": 20,
    "careers_view": -5,
    "competitor_research": -5,
    "decision_maker": 20,
    "person_in_charge": 5,
    "target_size": 15,
}
HANDOFF = {
    "owner": "owner_id",
    "at": "handed_off_at",
    "minutes": "sla_business_minutes",
    "due": "due_at",
    "follow_up": "first_follow_up_at",
    "contact": "first_contact_at",
    "elapsed": "elapsed_business_minutes",
    "status": "sla_status",
    "response": "sales_response",
    "reason": "reject_reason",
    "recycled": "recycled_at",
}
FLOWS = ("opening", "entered", "moved_on", "fell_back", "recycled", "lost", "closing")


@pytest.fixture(scope="module", params=SHAPES)
def organisation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Organisation:
    return Organisation(request.param, tmp_path_factory.mktemp(request.param))


def test_each_story_is_one_lead(organisation: Organisation) -> None:
    found = organisation.by_story("select lead_id from dim_leads")
    assert {name: len(rows) for name, rows in found.items()} == {
        story.name: 1 for story in organisation.leads
    }


def test_the_ledger_tells_every_point(organisation: Organisation) -> None:
    found = organisation.by_story("select * from fct_score_ledger")
    expected = {
        story.name: [_ledger_row(*row) for row in story.expected.get("ledger", [])]
        for story in organisation.leads
    }
    actual = {
        name: [
            (
                row["effective_at"],
                row["rule_id"],
                row["points"],
                row["points_awarded"],
                row["outcome"],
            )
            for row in rows
        ]
        for name, rows in found.items()
    }
    assert _differences(_sorted(expected), _sorted(actual)) == {}


def _ledger_row(
    at: object, rule_id: str, awarded: float, outcome: str = "awarded"
) -> tuple[Any, ...]:
    """Points taken back are an attribute's own, negative."""
    is_taken_back = outcome == "awarded" and awarded == -POINTS[rule_id]
    points = awarded if is_taken_back else POINTS[rule_id]
    return (_at(at), rule_id, points, awarded, outcome)


def test_scores_are_what_is_left_of_the_points(organisation: Organisation) -> None:
    found = organisation.by_story("select * from lead_scores")
    expected, actual = {}, {}
    for story in organisation.leads:
        score = story.expected["score"]
        total = round(score["behaviour"] + score["attribute"], 6)
        expected[story.name] = {
            "behaviour_score": score["behaviour"],
            "behaviour_score_all_time": score.get("all_time", score["behaviour"]),
            "attribute_score": score["attribute"],
            "total_score": score.get("total", total),
            "total_score_raw": score.get("raw", total),
            "grade": score["grade"],
            "score_band": score["band"],
            "crossed_threshold_at": _at_or_never(score.get("crossed")),
        }
        (row,) = found[story.name]
        actual[story.name] = {key: _rounded(row[key]) for key in expected[story.name]}
    assert _differences(expected, actual) == {}


def test_stages_follow_the_evidence(organisation: Organisation) -> None:
    found = organisation.by_story("select * from fct_stage_transitions order by entered_at")
    columns = ("from_stage", "to_stage", "entered_at", "exited_at", "direction")
    expected = {story.name: _transitions(story.expected["stages"]) for story in organisation.leads}
    actual = {name: [tuple(map(row.get, columns)) for row in rows] for name, rows in found.items()}
    assert _differences(expected, actual) == {}


def _transitions(told: list[list[Any]]) -> list[tuple[Any, ...]]:
    """Each stage is entered from the one before and left when the next one is entered."""
    times = [_at(at) for at, _, _ in told]
    befores = [None, *(stage for _, stage, _ in told)]
    exits = [*times[1:], None]
    return [
        (before, stage, entered_at, exited_at, direction)
        for before, entered_at, exited_at, (_, stage, direction) in zip(
            befores[:-1], times, exits, told, strict=True
        )
    ]


@pytest.mark.parametrize("qualification", ["mql", "sql"])
def test_qualifications_are_gained_and_lost(organisation: Organisation, qualification: str) -> None:
    found = organisation.by_story(
        f"select * from fct_qualifications where qualification = '{qualification}'"
        " order by qualified_at"
    )
    version = {"mql": "mql-1"}.get(qualification)
    expected = {
        story.name: [
            (_at(gained), _at_or_never(lost), *(versions or [version]))
            for gained, lost, *versions in story.expected.get(qualification, [])
        ]
        for story in organisation.leads
    }
    actual = {
        name: [(row["qualified_at"], row["lost_at"], row["criteria_version"]) for row in rows]
        for name, rows in found.items()
    }
    assert _differences(expected, actual) == {}


def test_handoffs_run_by_the_business_clock(organisation: Organisation) -> None:
    found = organisation.by_story("select * from fct_handoffs order by handed_off_at")
    for row in chain.from_iterable(found.values()):
        row["owner_id"] = organisation.users[row["owner_id"]]
    expected = {
        story.name: [
            {key: _handoff_value(key, row.get(key)) for key in HANDOFF}
            for row in story.expected.get("handoffs", [])
        ]
        for story in organisation.leads
    }
    actual = {
        name: [{key: row[column] for key, column in HANDOFF.items()} for row in rows]
        for name, rows in found.items()
    }
    assert _differences(expected, actual) == {}


def _handoff_value(key: str, value: object) -> object:
    defaults = {"response": "none", "owner": "sales"}
    if key in defaults:
        return value or defaults[key]
    return (
        _at_or_never(value) if key in ("at", "due", "follow_up", "contact", "recycled") else value
    )


def test_machines_are_told_from_people(organisation: Organisation) -> None:
    found = organisation.by_story(
        "select * from fct_activities where lead_id is not null order by occurred_at"
    )
    expected = {
        story.name: [
            (_at(at), kind, machine == ["machine"])
            for at, kind, *machine in story.expected["activities"]
        ]
        for story in organisation.leads
        if "activities" in story.expected
    }
    actual = {
        name: [(row["occurred_at"], row["activity_type"], row["is_machine"]) for row in found[name]]
        for name in expected
    }
    assert _differences(expected, actual) == {}


def test_an_event_told_by_two_tools_is_one_duplicate(organisation: Organisation) -> None:
    found = organisation.by_story(
        "select lead_id from fct_activities where lead_id is not null and duplicate_of is not null"
    )
    assert {name: len(rows) for name, rows in found.items()} == {
        story.name: story.expected["duplicate_activities"]
        for story in organisation.leads
        if "duplicate_activities" in story.expected
    }


def test_what_deleted_people_did_stays_without_a_person(organisation: Organisation) -> None:
    gone = [story for story in organisation.stories if story.expected.get("is_gone")]
    rows = organisation.rows("select occurred_at from fct_activities where lead_id is null")
    done = [shown(event.at) for story in gone for event in story.told("form", "view")]
    assert sorted(row["occurred_at"] for row in rows) == sorted(done)


def test_merged_records_are_led_to_their_person(organisation: Organisation) -> None:
    rows = organisation.by_story("select lead_id from lead_redirects")
    merged = [story.expected.get("one_person_with") for story in organisation.stories]
    assert {name for name in merged if name} <= rows.keys()


def test_lifecycle_and_exclusion(organisation: Organisation) -> None:
    found = organisation.by_story("select * from dim_leads")
    expected = {
        story.name: [(story.expected.get("lifecycle", "lead"), story.expected.get("exclusion"))]
        for story in organisation.leads
    }
    actual = {
        name: [(row["lifecycle"], row["exclusion_reason"]) for row in rows]
        for name, rows in found.items()
    }
    assert _differences(expected, actual) == {}


def test_the_funnel_of_a_segment_closes_as_counted_by_hand(organisation: Organisation) -> None:
    for expected in read_expected("funnel.yml"):
        grain, start = expected.pop("period")
        segment = expected.pop("segment")
        rows = organisation.rows(
            f"select * from funnel_by_period where segment_id = '{segment}'"
            f" and period_grain = '{grain}' and period_start = date '{start}'"
        )
        found = {row["stage_key"]: [row[flow] for flow in FLOWS] for row in rows}
        assert found == expected, (grain, start, segment)


def test_the_funnel_ends_with_the_leads_of_today(organisation: Organisation) -> None:
    rows = organisation.rows(
        "select stage_key, closing from funnel_by_period where segment_id = 'all'"
        f" and period_grain = 'day' and period_start = date '{AS_OF.date()}'"
    )
    open_stages = Counter(
        story.expected["stages"][-1][1]
        for story in organisation.leads
        if "exclusion" not in story.expected
    )
    closing = {"won", "lost", "disqualified"}
    assert {row["stage_key"]: row["closing"] for row in rows if row["closing"]} == {
        stage: count for stage, count in open_stages.items() if stage not in closing
    }


def test_the_call_list_begins_with_what_is_due(organisation: Organisation) -> None:
    rows = organisation.by_story("select lead_id, priority_rank from sales_priority_list")
    ranks = sorted((row["priority_rank"], name) for name, (row,) in rows.items())
    told = {story.name for story in organisation.leads}
    assert [name for _, name in ranks] == [n for n in read_expected("call_list.yml") if n in told]
    assert [rank for rank, _ in ranks] == list(range(1, len(ranks) + 1))


def test_every_raw_row_is_accounted_for(organisation: Organisation) -> None:
    kinds = ("duplicate", "deleted", "quarantined", "not_yet", "ignored")
    (found,) = organisation.rows(
        "select cast(sum(raw_rows) as int) as raw_rows, cast(sum(used) as int) as used,"
        + ",".join(f"cast(sum({kind}) as int) as {kind}" for kind in kinds)
        + " from row_accounting"
    )
    raw_rows = sum(len(rows) for tables in organisation.tables for rows in tables.rows.values())
    expected: Counter[str] = Counter()
    for story in organisation.stories:
        expected.update(story.expected.get("accounting", {}))
    unused = {kind: expected[kind] for kind in kinds}
    assert found == {"raw_rows": raw_rows, "used": raw_rows - sum(unused.values()), **unused}


def _differences(expected: dict[str, Any], actual: dict[str, Any]) -> dict[str, Any]:
    """The stories of which more or other things are said than expected; both sides of each."""
    return {
        name: {"expected": expected.get(name, []), "found": actual.get(name, [])}
        for name in sorted(expected.keys() | actual.keys())
        if expected.get(name, []) != actual.get(name, [])
    }


def _sorted(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    return {name: sorted(told) for name, told in rows.items()}


def _at(value: object) -> str:
    return shown(moment(value))


def _at_or_never(value: object) -> str | None:
    return None if value is None else _at(value)


def _rounded(value: object) -> object:
    return round(value, 6) + 0.0 if isinstance(value, float) else value
