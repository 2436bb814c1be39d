"""Machines, rows told twice, merged and deleted people are as worked out beside each story."""

from __future__ import annotations

from collections import Counter

from tests.golden.comparing import at_text, differences
from tests.golden.organisation import Organisation, shown


def test_machines_are_told_from_people(organisation: Organisation) -> None:
    found = organisation.by_story(
        "select * from fct_activities where lead_id is not null order by occurred_at"
    )
    expected = {
        story.name: [
            (at_text(at), kind, machine == ["machine"])
            for at, kind, *machine in story.expected["activities"]
        ]
        for story in organisation.leads
        if "activities" in story.expected
    }
    actual = {
        name: [(row["occurred_at"], row["activity_type"], row["is_machine"]) for row in found[name]]
        for name in expected
    }
    assert differences(expected, actual) == {}


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
        told = story.expected.get("accounting", {})
        expected.update(story.expected.get(f"accounting_of_{organisation.shape}", told))
    unused = {kind: expected[kind] for kind in kinds}
    assert found == {"raw_rows": raw_rows, "used": raw_rows - sum(unused.values()), **unused}
