"""The gate before scoring."""

from __future__ import annotations

import json

import pytest
from gate_warehouses import failures, names_by_severity, results

WRONG = {
    "key_is_unique": "insert into identity.person_identities values ('marketo:lead:2', 'b')",
    "activity_type_is_not_null": (
        "update main.fct_activities set activity_type = null where activity_id = 'activity1'"
    ),
    "occurred_at_is_not_null": (
        "update main.fct_activities set occurred_at = null where activity_id = 'activity1'"
    ),
    "is_machine_is_not_null": (
        "update main.fct_activities set is_machine = null where activity_id = 'activity1'"
    ),
    "activity_type_is_known": (
        "update main.fct_activities set activity_type = 'fax' where activity_id = 'activity1'"
    ),
    "activities_lie_in_the_past": (
        "update main.fct_activities set occurred_at = timestamp '2026-06-30 03:00:01'"
        " where activity_id = 'activity1'"
    ),
    "duplicates_have_an_original": (
        "update main.fct_activities set duplicate_of = 'nowhere' where activity_id = 'activity7'"
    ),
    "activities_belong_to_known_leads": (
        "update main.fct_activities set lead_id = 'nobody' where activity_id = 'activity1'"
    ),
    "records_are_created_in_the_past": (
        "update intermediate.int_person_records set created_at = timestamp '2026-06-30 03:00:01'"
        " where record_key = 'marketo:lead:1'"
    ),
    "every_record_is_somebody": (
        "delete from identity.person_identities where record_key = 'marketo:lead:1'"
    ),
}
UNUSUAL = {
    "there_are_activities": "delete from main.fct_activities",
    "most_activities_have_a_lead": (
        "update main.fct_activities set lead_id = null"
        " where cast(activity_id[9:] as integer) % 4 in (1, 2)"
    ),
    "most_activities_are_of_people": (
        "update main.fct_activities set is_machine = true"
        " where cast(activity_id[9:] as integer) % 10 in (1, 2, 3, 4, 5)"
    ),
    "activities_per_lead_are_plausible": (
        "insert into main.fct_activities"
        " select 'more' || n, 'a', occurred_at, activity_type, is_machine, duplicate_of"
        " from (from main.fct_activities where activity_id = 'activity1'), range(9201) as more (n)"
    ),
    # 168 views of the last four weeks and 1,000 more become clicks.
    "activity_types_are_spread_as_before": (
        "update main.fct_activities set activity_type = 'link_click'"
        " where occurred_at > timestamp '2026-06-02 03:00:00';"
        "insert into main.fct_activities select"
        " 'more' || n, lead_id, occurred_at, 'link_click', false, null"
        " from (from main.fct_activities where activity_id = 'activity1'), range(1000) as more (n)"
    ),
    "most_records_have_an_email": (
        "update intermediate.int_person_records set email = null where created_at is not null"
    ),
    "records_per_lead_are_plausible": (
        "insert into identity.person_identities select 'record' || n, 'a' from range(19) as r (n)"
    ),
}


def test_plausible_activities_and_persons_pass_without_a_warning():
    assert failures("scoring_inputs") == set()


@pytest.mark.parametrize("check", WRONG)
def test_what_is_impossible_fails_just_its_check(check: str):
    assert failures("scoring_inputs", WRONG[check]) == {(check, "error")}


@pytest.mark.parametrize("check", UNUSUAL)
def test_what_is_implausible_warns_by_just_its_check(check: str):
    assert failures("scoring_inputs", UNUSUAL[check]) == {(check, "warn")}


def test_every_check_is_seen_to_fail():
    wrong = {(check, "error") for check in WRONG}
    unusual = {(check, "warn") for check in UNUSUAL}
    assert names_by_severity("scoring_inputs") == wrong | unusual


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("main.fct_activities", "activity_id"),
        ("intermediate.int_person_records", "record_key"),
        ("identity.person_identities", "record_key"),
    ],
)
def test_a_key_is_neither_null_nor_twice(table: str, key: str):
    def failed(spoiler: str) -> set[str]:
        found = results("scoring_inputs", spoiler)
        return {check.dataset for check in found if check.blocks and check.check_name[:3] == "key"}

    first = f"(select min({key}) from {table})"
    assert failed(f"insert into {table} from {table} where {key} = {first}") == {table}
    assert failed(f"update {table} set {key} = null where {key} = {first}") == {table}


@pytest.mark.parametrize(
    "spoiler",
    [
        "update main.fct_activities set occurred_at = timestamp '2026-06-30 03:00:00'"
        " where activity_id = 'activity1'",
        "update main.fct_activities set occurred_at = timestamp '1990-01-01 00:00:00'"
        " where activity_id = 'activity1'",
        "update main.fct_activities set lead_id = null"
        " where cast(activity_id[9:] as integer) % 4 = 1",
        "insert into identity.person_identities select 'record' || n, 'a' from range(18) as r (n)",
    ],
    ids=[
        "at the as-of",
        "on the first possible day",
        "half without a lead",
        "20 records of a lead",
    ],
)
def test_a_bound_itself_still_passes(spoiler: str):
    assert failures("scoring_inputs", spoiler) == set()


def test_nothing_happened_before_the_first_possible_day():
    spoiler = (
        "update main.fct_activities set occurred_at = timestamp '1989-12-31 23:59:59'"
        " where activity_id = 'activity1'"
    )
    assert failures("scoring_inputs", spoiler) == {("activities_lie_in_the_past", "error")}


def test_an_empty_warehouse_passes_with_a_warning():
    spoilers = [
        "delete from main.fct_activities",
        "delete from intermediate.int_person_records",
        "delete from identity.person_identities",
    ]
    assert failures("scoring_inputs", *spoilers) == {("there_are_activities", "warn")}


def test_the_stability_index_is_the_sum_over_the_types():
    # Recent: 1,500 views, 500 clicks. Past: 500 views, 1,500 clicks; half a row more of each.
    # p = 1500.5 / 2001 = 0.749875 and 0.250125, q the other way round:
    # (p - q) ln(p / q) = 0.499750 * ln(2.998002) = 0.499750 * 1.097946 = 0.548699, twice.
    spoiler = (
        "delete from main.fct_activities;"
        "insert into main.fct_activities select"
        " 'a' || n, 'a',"
        " timestamp '2026-06-30 03:00:00' - to_days(case when n < 2000 then 27 else 28 end),"
        " case when n < 1500 or n >= 3500 then 'page_view' else 'link_click' end, false, null"
        " from range(4000) as activities (n)"
    )
    [check] = [
        check
        for check in results("scoring_inputs", spoiler)
        if check.check_name == "activity_types_are_spread_as_before"
    ]
    assert json.loads(check.details)["found"] == [{"stability_index": 1.0974}]
