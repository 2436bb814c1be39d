"""Stages, qualifications, hand-overs, funnel and call list are as worked out beside each story."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Any

import pytest

from tests.golden.comparing import at_or_never, at_text, differences
from tests.golden.organisation import AS_OF, Organisation
from tests.golden.story import read_expected

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


def test_stages_follow_the_evidence(organisation: Organisation) -> None:
    found = organisation.by_story("select * from fct_stage_transitions order by entered_at")
    columns = ("from_stage", "to_stage", "entered_at", "exited_at", "direction")
    expected = {story.name: _transitions(story.expected["stages"]) for story in organisation.leads}
    actual = {name: [tuple(map(row.get, columns)) for row in rows] for name, rows in found.items()}
    assert differences(expected, actual) == {}


def _transitions(told: list[list[Any]]) -> list[tuple[Any, ...]]:
    """Each stage is entered from the one before and left when the next one is entered."""
    times = [at_text(at) for at, _, _ in told]
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
            (at_text(gained), at_or_never(lost), *(versions or [version]))
            for gained, lost, *versions in story.expected.get(qualification, [])
        ]
        for story in organisation.leads
    }
    actual = {
        name: [(row["qualified_at"], row["lost_at"], row["criteria_version"]) for row in rows]
        for name, rows in found.items()
    }
    assert differences(expected, actual) == {}


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
    assert differences(expected, actual) == {}


def _handoff_value(key: str, value: object) -> object:
    defaults = {"response": "none", "owner": "sales"}
    if key in defaults:
        return value or defaults[key]
    return at_or_never(value) if key in ("at", "due", "follow_up", "contact", "recycled") else value


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
    assert differences(expected, actual) == {}


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
