"""The gate after landing."""

from __future__ import annotations

import json

import pytest
from gate_warehouses import failures, names_by_severity, results

VIEWS = "landed_marketo.activity_visit_webpage"

WRONG = {
    "required_columns_are_there": ["alter table landed_salesforce.lead drop column _file_id"],
    "tables_do_not_shrink": ["delete from landed_salesforce.lead where _key = 'lead3'"],
    "keys_are_not_null": [f"update {VIEWS} set _key = null where _key = 'view2-1'"],
    "deletion_is_known": [f"update {VIEWS} set _is_deleted = null where _key = 'view2-1'"],
    "rows_belong_to_a_night": [
        "update landed_salesforce.lead set _batch = 13 where _row_number = 2"
    ],
    "no_table_is_refused_whole": [
        "insert into control.landed_tables values ('marketo', 'program', false, 0, 100)"
    ],
}
UNUSUAL = {
    "connectors_are_fresh": [
        "update landed_salesforce.lead set _synced_at = timestamp '2026-06-28 02:59:59'"
    ],
    "new_rows_are_as_many_as_usual": [
        f"delete from {VIEWS} where _batch = 12 and _row_number > 50",
        "update control.landed_tables set landed_rows = 2049 where table_name like 'activity%'",
    ],
    "every_table_is_read": [
        "insert into control.landed_tables values ('marketo', 'segment', false, 5, 0)"
    ],
    "few_rows_are_refused": [
        "update control.landed_tables set refused_rows = 3 where connector = 'salesforce'"
    ],
    "few_rows_are_deleted": [
        "update landed_salesforce.lead set _is_deleted = true where _row_number <= 100"
    ],
    "no_column_is_unknown": [
        "insert into control.column_drift values ('marketo', 'lead', 'nickname', 'unknown', 12)"
    ],
    "no_optional_column_is_missing": [
        "insert into control.column_drift"
        " values ('marketo', 'lead', 'phone', 'missing_optional', 1)"
    ],
    "few_values_are_bad": ["update control.bad_values set bad_values = 3"],
}


def test_a_usual_night_passes_without_a_warning():
    assert failures("raw") == set()


@pytest.mark.parametrize("check", WRONG)
def test_what_is_wrong_fails_just_its_check(check: str):
    expected = {(check, "error")}
    if check == "no_table_is_refused_whole":
        expected |= {("few_rows_are_refused", "warn"), ("every_table_is_read", "warn")}
    assert failures("raw", *WRONG[check]) == expected


@pytest.mark.parametrize("check", UNUSUAL)
def test_what_is_unusual_warns_by_just_its_check(check: str):
    assert failures("raw", *UNUSUAL[check]) == {(check, "warn")}


def test_every_check_is_seen_to_fail():
    wrong = {(check, "error") for check in WRONG}
    unusual = {(check, "warn") for check in UNUSUAL}
    assert names_by_severity("raw") == wrong | unusual


@pytest.mark.parametrize(
    "spoiler",
    [
        # 2 days before the as-of, to the second.
        "update landed_salesforce.lead set _synced_at = timestamp '2026-06-28 03:00:00'",
        # 2 of 202 rows refused is below 1 %; 2 bad values of 200 rows are in the good night.
        "update control.landed_tables set refused_rows = 2 where landed_rows = 200",
        # Half of the rows deleted, and no more.
        "update landed_salesforce.lead set _is_deleted = _row_number <= 101",
    ],
)
def test_a_bound_itself_is_still_usual(spoiler: str):
    assert failures("raw", spoiler) == set()


def test_a_connector_without_any_time_of_synchronisation_cannot_be_called_fresh():
    spoiler = "update landed_salesforce.lead set _synced_at = null"
    assert failures("raw", spoiler) == {("connectors_are_fresh", "warn")}


def test_a_night_of_twice_the_usual_rows_is_usual_and_one_more_is_not():
    # Ten nights of 100 rows each: few = many = 100, so 50 to 200 rows are usual.
    def with_more(rows: int) -> tuple[str, ...]:
        return (
            f"insert into {VIEWS} select view.* from range({rows})"
            f" cross join (from {VIEWS} where _batch = 12 limit 1) as view",
            f"update control.landed_tables set landed_rows = {2100 + rows}"
            " where table_name = 'activity_visit_webpage'",
        )

    assert failures("raw", *with_more(100)) == set()
    assert failures("raw", *with_more(101)) == {("new_rows_are_as_many_as_usual", "warn")}


def test_marks_of_the_connector_itself_are_no_drift():
    spoiler = (
        "insert into control.column_drift"
        " values ('marketo', 'lead', '_fivetran_deleted', 'missing_optional', 12)"
    )
    assert failures("raw", spoiler) == set()


def test_few_past_nights_are_no_measure_of_a_usual_one():
    spoilers = UNUSUAL["new_rows_are_as_many_as_usual"]
    unfinished = "update control.builds set completed = false where build_id between 3 and 6"
    assert failures("raw", *spoilers, unfinished) == set()


def test_a_tiny_old_delivery_passes_with_warnings_only():
    found = results(
        "raw",
        "update control.build set as_of = timestamp '2031-01-01', build_id = 1",
        "update landed_salesforce.lead set _batch = 1",
        f"delete from {VIEWS}",
        "delete from control.builds",
        "update control.landed_tables set landed_rows = 0, refused_rows = 3"
        " where landed_rows > 200",
    )
    assert {(check.check_name, check.severity) for check in found if not check.success} == {
        ("connectors_are_fresh", "warn"),
        ("few_rows_are_refused", "warn"),
    }


def test_a_failed_check_names_the_tables_it_found():
    [check] = [
        check
        for check in results("raw", *WRONG["keys_are_not_null"])
        if check.check_name == "keys_are_not_null"
    ]
    assert json.loads(check.details)["found"] == [
        {"connector": "marketo", "table_name": "activity_visit_webpage", "row_count": 1}
    ]
    assert check.observed == "1 found: marketo activity_visit_webpage row_count 1"
    assert check.dataset == "control.landed_tables"
