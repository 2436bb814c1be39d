"""The gate before publishing: does everything that BI relies on hold?"""

from __future__ import annotations

from great_expectations import ExpectationSuite

from expectations import marts_leads, marts_reports, marts_scores
from expectations.checks import key, suite
from orchestration.gates.subject import Subject

# The grain of each published table. fct_activities was looked at before scoring; refused rows
# have no key, because two files of one name may each break in the same line.
KEYS = {
    "dim_accounts": ("account_id",),
    "dim_leads": ("lead_id",),
    "fct_handoffs": ("handoff_id",),
    "fct_qualifications": ("lead_id", "qualification", "qualified_at"),
    "fct_score_ledger": ("ledger_id",),
    "fct_stage_transitions": ("lead_id", "entered_at"),
    "funnel_by_period": ("period_grain", "period_start", "segment_id", "stage_key"),
    "funnel_cohorts": ("cohort_month", "segment_id", "milestone", "months_since"),
    "funnel_velocity": ("period_grain", "period_start", "segment_id", "from_stage", "to_stage"),
    "identity_reviews": ("record_a", "record_b"),
    "initiative_reviews": ("initiative_key", "kpi_key", "segment_id"),
    "kpi_results": ("kpi_key", "period_grain", "period_start", "segment_id"),
    "lead_information_sheets": ("handoff_id",),
    "lead_redirects": ("old_lead_id",),
    "lead_scores": ("lead_id",),
    "lead_scores_daily": ("lead_id", "score_date"),
    "lead_source_records": ("connector", "record_type", "record_id"),
    "nurture_assignments": ("lead_id",),
    "prediction_quality": ("model_version", "evaluated_on"),
    "row_accounting": ("connector", "table_name"),
    "sales_priority_list": ("lead_id",),
    "sales_tasks": ("task_key",),
    "score_rule_reviews": ("rule_id",),
    "score_threshold_reviews": ("threshold",),
    "touch_fit": ("touch_id",),
}


def suites(subject: Subject) -> tuple[ExpectationSuite, ...]:
    """Give the checks of the published tables.

    Args:
        subject: The build under way.
    """
    rules = marts_leads.rules(subject) | marts_scores.rules(subject) | marts_reports.rules()
    return tuple(
        suite(f"main.{table}", key(*columns), *rules.get(table, ()))
        for table, columns in KEYS.items()
        if table in subject.marts
    )
