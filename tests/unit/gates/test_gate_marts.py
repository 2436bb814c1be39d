"""The gate before publishing."""

from __future__ import annotations

import json

import pytest
from gate_warehouses import failures, names_by_severity, results

from expectations.marts import KEYS
from orchestration.gates.subject import MARTS

WRONG = {
    "key_is_unique": "insert into main.dim_accounts values ('account1')",
    # Leads
    "stages_are_defined": "update main.dim_leads set stage_key = 'dreaming' where lead_id = 'a'",
    "lifecycle_is_known": "update main.dim_leads set lifecycle = 'suspect' where lead_id = 'a'",
    "exclusion_reason_is_known": (
        "update main.dim_leads set exclusion_reason = 'rude' where lead_id = 'b'"
    ),
    "consent_status_is_known": (
        "update main.dim_leads set consent_status = 'maybe' where lead_id = 'a'"
    ),
    "job_level_is_known": "update main.dim_leads set job_level = 'boss' where lead_id = 'a'",
    "leads_of_all_tables_are_there": "update main.touch_fit set lead_id = 'nobody'",
    # Stages
    "to_stage_is_not_null": (
        "update main.fct_stage_transitions set to_stage = null where lead_id = 'b'"
    ),
    "direction_is_known": (
        "update main.fct_stage_transitions set direction = 'sideways' where direction = 'skipped'"
    ),
    "stays_follow_one_another": (
        "update main.fct_stage_transitions set exited_at = exited_at - interval 1 second"
        " where exited_at is not null"
    ),
    # Qualifications and hand-overs
    "qualification_is_known": (
        "update main.fct_qualifications set qualification = 'pql' where qualification = 'mql'"
    ),
    "qualifications_end_after_they_begin": (
        "update main.fct_qualifications set lost_at = lost_at - interval 1 microsecond"
    ),
    "sales_response_is_known": (
        "update main.fct_handoffs set sales_response = 'silence' where handoff_id = 'h1'"
    ),
    "sla_status_follows_the_clock": (
        "update main.fct_handoffs set sla_status = 'open' where handoff_id = 'h3'"
    ),
    "every_handoff_has_a_sheet": (
        "delete from main.lead_information_sheets where handoff_id = 'h1'"
    ),
    # The call list
    "why_is_not_null": "update main.sales_priority_list set why = null",
    "ranks_are_1_to_n": "update main.sales_priority_list set priority_rank = 2",
    "nobody_excluded_is_called": "insert into main.sales_priority_list values (2, 'c', 'MQL')",
    # Scores
    "outcome_is_known": "update main.fct_score_ledger set outcome = 'lost' where ledger_id = 'l6'",
    "score_kind_is_known": (
        "update main.fct_score_ledger set score_kind = 'luck' where ledger_id = 'l6'"
    ),
    "points_lie_in_the_past": (
        "update main.fct_score_ledger set effective_at = timestamp '2026-06-30 03:00:01'"
        " where ledger_id = 'l6'"
    ),
    "awards_keep_to_their_points": (
        "update main.fct_score_ledger set points = 19.9 where ledger_id = 'l4'"
    ),
    "scores_are_the_sum_of_their_ledger": (
        "update main.lead_scores set behaviour_score_all_time = 31 where lead_id = 'a'"
    ),
    "total_has_the_floor_0": (
        "update main.lead_scores set total_score = -5 where lead_id = 'b';"
        "update main.dim_leads set total_score = -5 where lead_id = 'b'"
    ),
    "bands_follow_the_thresholds": (
        "update main.lead_scores set score_band = 'warm' where lead_id = 'a';"
        "update main.dim_leads set score_band = 'warm' where lead_id = 'a'"
    ),
    "dim_leads_shows_the_same_score": (
        "update main.dim_leads set total_score = 44 where lead_id = 'a'"
    ),
    # Shares
    "predicted_probability_is_a_share": (
        "update main.lead_scores set predicted_probability = 30 where lead_id = 'a'"
    ),
    "probability_is_a_share": "update main.identity_reviews set probability = 1.1",
    "match_probability_is_a_share": (
        "update main.lead_source_records set match_probability = -0.1 where lead_id = 'c'"
    ),
    "auc_is_a_share": "update main.prediction_quality set auc = 1.1",
    "average_precision_is_a_share": "update main.prediction_quality set average_precision = 1.1",
    "brier_is_a_share": "update main.prediction_quality set brier = 1.1",
    "rule_score_auc_is_a_share": "update main.prediction_quality set rule_score_auc = 1.1",
    "outcome_rate_with_is_a_share": "update main.score_rule_reviews set outcome_rate_with = 1.1",
    "outcome_rate_without_is_a_share": (
        "update main.score_rule_reviews set outcome_rate_without = 1.1"
    ),
    "precision_is_a_share": 'update main.score_threshold_reviews set "precision" = 1.1',
    "recall_is_a_share": "update main.score_threshold_reviews set recall = 1.1",
    # Reports
    "funnel_closes": "update main.funnel_by_period set lost = 1 where period_start = '2026-06-01'",
    "periods_open_as_the_former_closed": (
        "update main.funnel_by_period set opening = 1, moved_on = 0"
        " where period_start = '2026-06-01'"
    ),
    "segments_add_up_to_all": (
        "update main.funnel_by_period set entered = entered + 1, moved_on = moved_on + 1"
        " where period_start = '2026-06-01' and segment_id = 'unknown'"
    ),
    "cohorts_only_grow": "update main.funnel_cohorts set reached = 0 where months_since = 2",
    "rates_lie_within_0_and_1": (
        "update main.kpi_results set value = 5, ci_high = 5, numerator = 20"
        " where segment_id = 'all' and kpi_key = 'win_rate'"
    ),
    "intervals_hold_their_value": (
        "update main.kpi_results set ci_low = 0.3 where segment_id = 'all' and kpi_key = 'win_rate'"
    ),
    "every_kpi_has_its_total": "delete from main.kpi_results where segment_id = 'all'",
    "accounting_closes": (
        "update main.row_accounting set used = used - 1 where connector = 'salesforce'"
    ),
    "accounting_covers_what_landed": (
        "update main.row_accounting set raw_rows = 200, used = 149 where connector = 'salesforce'"
    ),
    "quarantined_rows_are_listed": "delete from main.quarantined_rows",
}


def test_true_marts_pass_without_a_warning():
    assert failures("marts") == set()


@pytest.mark.parametrize("check", WRONG)
def test_what_is_wrong_fails_just_its_check(check: str):
    assert failures("marts", WRONG[check]) == {(check, "error")}


def test_every_check_is_seen_to_fail():
    assert names_by_severity("marts") == {(check, "error") for check in WRONG}


def datasets_with_a_broken_key(*spoilers: str) -> set[str]:
    return {
        check.dataset.removeprefix("main.")
        for check in results("marts", *spoilers)
        if check.check_name == "key_is_unique" and not check.success
    }


def test_no_key_comes_twice():
    spoilers = [f"insert into main.{table} from main.{table} limit 1" for table in KEYS]
    assert datasets_with_a_broken_key(*spoilers) == set(KEYS)


def test_no_part_of_a_key_is_null():
    spoilers = [f"update main.{table} set {columns[-1]} = null" for table, columns in KEYS.items()]
    assert datasets_with_a_broken_key(*spoilers) == set(KEYS)


def test_every_mart_of_the_project_has_its_key_checked():
    without_key = {path.stem for path in MARTS.rglob("*.sql")} - set(KEYS)
    # Looked at before scoring, and without a key.
    assert without_key <= {"fct_activities", "quarantined_rows"}


def test_empty_marts_pass():
    emptied = [
        f"delete from main.{table}" for table in (*KEYS, "fct_activities", "quarantined_rows")
    ]
    landed = "update control.landed_tables set landed_rows = 0, refused_rows = 0"
    accounts = (
        "insert into main.row_accounting"
        " select connector, table_name, 0, 0, 0, 0, 0, 0, 0 from control.landed_tables"
    )
    assert failures("marts", *emptied, landed, accounts) == set()


@pytest.mark.parametrize(
    "spoiler",
    [
        # The behaviour half-life is 90 days: half of the 10 points are left, not a day less.
        "update main.fct_score_ledger set effective_at = timestamp '2026-04-01 15:00:00'"
        " where ledger_id = 'l1'",
        "update main.lead_scores set behaviour_score = 26 where lead_id = 'a'",
        "update main.lead_scores set attribute_score = 21 where lead_id = 'a'",
        "update main.fct_score_ledger set points_awarded = 0 where ledger_id = 'l3'",
        "update main.fct_score_ledger set points_awarded = 10, outcome = 'awarded'"
        " where ledger_id = 'l2'",
        "insert into main.fct_score_ledger values"
        " ('l7', 'c', timestamp '2026-06-01', 5, 5, 'awarded', 'manual')",
    ],
    ids=["a day younger", "score", "attributes", "row less", "row more", "manual row more"],
)
def test_a_score_that_its_ledger_does_not_explain_is_wrong(spoiler: str):
    assert failures("marts", spoiler) == {("scores_are_the_sum_of_their_ledger", "error")}


def test_the_difference_between_score_and_ledger_is_told_without_naming_the_lead():
    [check] = [
        check
        for check in results("marts", WRONG["scores_are_the_sum_of_their_ledger"])
        if check.blocks
    ]
    assert json.loads(check.details)["found"] == [
        {
            "leads": 1,
            "behaviour": 0.0,
            "behaviour_all_time": 1.0,
            "attribute": 0.0,
            "manual": 0.0,
            "total": 0.0,
        }
    ]


@pytest.mark.parametrize(
    ("total", "band"),
    [(39.9999996, "act_now"), (39.9999994, "warm"), (25.0, "warm"), (24.9, "cold")],
)
def test_bands_are_compared_at_six_places(total: float, band: str):
    # The view of 1 April is left with half its points, so it takes twice the difference.
    points = 10 + 2 * (total - 45)
    spoilers = (
        f"update main.fct_score_ledger set points = {points}, points_awarded = {points}"
        " where ledger_id = 'l1'",
        f"update main.lead_scores set behaviour_score = {total - 20},"
        f" behaviour_score_all_time = {points + 20}, total_score = {total},"
        f" total_score_raw = {total}, score_band = '{band}' where lead_id = 'a'",
        f"update main.dim_leads set total_score = {total}, score_band = '{band}'"
        " where lead_id = 'a'",
    )
    assert failures("marts", *spoilers) == set()


@pytest.mark.parametrize(
    "spoiler",
    [
        "update main.sales_priority_list set lead_id = 'b'",
        "update main.dim_leads set stage_key = 'lost' where lead_id = 'a'",
    ],
    ids=["excluded", "closed"],
)
def test_who_is_excluded_or_closed_is_not_on_the_call_list(spoiler: str):
    assert failures("marts", spoiler) == {("nobody_excluded_is_called", "error")}


@pytest.mark.parametrize(
    "rows",
    ["(1, 'b', 'x')", "(3, 'b', 'x')", "(null, 'b', 'x')", "(0, 'b', 'x')"],
    ids=["twice", "gap", "none", "zero"],
)
def test_ranks_have_no_gap_and_no_tie(rows: str):
    cleared = "update main.dim_leads set exclusion_reason = null, lifecycle = 'mql'"
    listed = f"insert into main.sales_priority_list values {rows}"
    assert failures("marts", f"{cleared} where lead_id = 'b'", listed) == {
        ("ranks_are_1_to_n", "error")
    }


@pytest.mark.parametrize(
    "spoiler",
    [
        "update main.fct_stage_transitions set from_stage = 'interested'"
        " where direction = 'skipped'",
        "update main.fct_stage_transitions set direction = 'forward' where lead_id = 'b'",
        "update main.fct_stage_transitions set from_stage = 'new' where lead_id = 'b'",
    ],
    ids=["from elsewhere", "not initial", "initial from a stage"],
)
def test_a_stay_begins_where_the_one_before_ended(spoiler: str):
    assert failures("marts", spoiler) == {("stays_follow_one_another", "error")}


@pytest.mark.parametrize(
    ("handoff", "status"), [("h1", "breached"), ("h2", "met"), ("h3", "open"), ("h4", "overdue")]
)
def test_each_sla_status_has_its_clock(handoff: str, status: str):
    spoiler = f"update main.fct_handoffs set sla_status = '{status}' where handoff_id = '{handoff}'"
    assert failures("marts", spoiler) == {("sla_status_follows_the_clock", "error")}
