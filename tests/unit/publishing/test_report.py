"""The report page shows the published marts and nothing a text in them could do harm with."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing.files import MartFiles
from orchestration.publishing.report import write_report

MARTS = """
create table funnel_by_period as select * from (values
    ('month', date '2026-05-01', 'all', 'new', 1, 1, 0, 0, 0, 0, 2),
    ('month', date '2026-07-01', 'all', 'new', 3, 0, 0, 0, 0, 0, 3),
    ('month', date '2026-06-01', 'all', 'interested', 2200, 1, 0, 0, 0, 0, 2201),
    ('month', date '2026-06-01', 'all', 'new', 2, 3, 1, 0, 0, 1, 3),
    ('month', date '2026-06-01', 'it_small', 'new', 77, 0, 0, 0, 0, 0, 77),
    ('week', date '2026-06-22', 'all', 'new', 88, 0, 0, 0, 0, 0, 88)
) as funnel (
    period_grain, period_start, segment_id, stage_key,
    opening, entered, moved_on, fell_back, recycled, lost, closing
);
create table dim_leads as select
    'l' || range as lead_id, '<script>alert(1)</script>' || range || '様' as person_name,
    'みらい工業' as company_name, '部長' as job_title from range(25);
create table sales_priority_list as select
    range + 1 as priority_rank, 'l' || range as lead_id, 'u1' as owner_id,
    'download' as why, '資料<請求>' as why_ja, 'call' as next_action, '電話' as next_action_ja,
    timestamp '2026-06-30 23:30:00' as sla_due_at, 41.26 as total_score
    from range(25);
create table fct_handoffs as select * from (values
    ('met', 61, 'accepted'), ('met', 62, 'rejected'), ('overdue', null, 'none')
) as handoffs (sla_status, elapsed_business_minutes, sales_response);
create table lead_scores as select timestamp '2026-06-30 15:00:00' as as_of;
create table row_accounting as select
    'marketo' as connector, 'lead' as table_name, 10 as raw_rows, 9 as used, 1 as duplicate,
    0 as deleted, 0 as quarantined, 0 as not_yet, 0 as ignored
    union all select 'hubspot', 'deal', 0, 0, 0, 0, 0, 0, 0;
create table check_results as select
    'raw' as gate, 'control.build' as dataset, 'rows are fresh' as check_name, 'warn' as severity,
    false as success, '9 days' as observed, '' as details
    union all select 'marts', 'dim_leads', 'keys are unique', 'error', true, '', '';
"""
STAGES = [
    {"stage_key": "new", "stage_order": 1, "name_ja": "新規リード", "name_en": "New"},
    {"stage_key": "interested", "stage_order": 2, "name_ja": "興味あり", "name_en": "Interested"},
]


@pytest.fixture
def page(tmp_path: Path) -> str:
    """The text of the page of a small version."""
    files = MartFiles(tmp_path)
    with duckdb.connect(str(files.database)) as connection:
        connection.execute(MARTS)
    manifest = {"as_of": "2026-06-30T15:00:00Z", "build_id": 3}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    write_report(files, files.report, stages=STAGES, time_zone="Asia/Tokyo")
    return files.report.read_text(encoding="utf-8")


def section(page: str, key: str) -> str:
    return page.split(f'<section id="{key}">')[1].split("</section>")[0]


def test_the_funnel_is_that_of_the_month_before_midnight_over_all_segments_by_stage(
    page: str,
) -> None:
    # As of midnight of 1 July in Tokyo: July has begun, but all of its days are still to come.
    funnel = section(page, "funnel")

    assert funnel.count("2026-06") == 2
    assert "2026-05" not in funnel
    assert "2026-07" not in funnel
    assert funnel.index("新規リード / New") < funnel.index("興味あり / Interested")
    assert "2,201" in funnel
    assert ">77<" not in funnel
    assert ">88<" not in funnel


def test_the_call_list_ends_after_twenty(page: str) -> None:
    calls = section(page, "call-list")

    assert calls.count("<tr>") == 1 + 20
    assert "&lt;script&gt;alert(1)&lt;/script&gt;19様" in calls
    assert "20様" not in calls


def test_reasons_are_told_in_both_languages(page: str) -> None:
    assert '資料&lt;請求&gt;<small lang="en">download</small>' in section(page, "call-list")


def test_moments_are_shown_in_the_zone_of_the_days(page: str) -> None:
    # 23:30 UTC is half past eight of the next day in Tokyo.
    assert "2026-07-01 08:30" in section(page, "call-list")


def test_hand_overs_are_counted_by_status(page: str) -> None:
    met = section(page, "handoffs").split(">met</td>")[1].split("</tr>")[0]

    # Two hand-overs of 61 and 62 minutes: median 61.5; one accepted, one rejected.
    assert [cell.split("<")[0] for cell in met.split('number">')[1:]] == ["2", "61.5", "1", "1"]


def test_tables_without_rows_are_left_out_of_the_row_accounting(page: str) -> None:
    assert "marketo" in section(page, "rows")
    assert "hubspot" not in section(page, "rows")


def test_warnings_of_the_gates_are_told(page: str) -> None:
    assert "control.build rows are fresh: 9 days" in section(page, "gates")


def test_no_text_of_a_mart_becomes_markup_and_nothing_is_loaded_from_outside(page: str) -> None:
    assert "<script" not in page
    assert "http" not in page
    assert " src=" not in page
