"""The call list against two habits, on a handful of leads counted by hand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from sample import compare_call_lists as compared

# The as-of is 30 June. Buyers with a project under way: b1, b2 and the quiet q. That of late is
# over, that of early has not begun: they are buyers all the same. won has bought, x browses.
PERSONS = """
    ('b1', 'buyer', true, false, date '2026-06-01', date '2026-09-01'),
    ('b2', 'buyer', true, false, date '2026-06-30', date '2026-07-01'),
    ('q', 'quiet_buyer', true, false, date '2026-06-01', date '2026-09-01'),
    ('late', 'buyer', true, false, date '2026-01-01', date '2026-06-30'),
    ('early', 'buyer', true, false, date '2026-07-01', date '2026-09-01'),
    ('won', 'buyer', true, true, date '2026-06-01', date '2026-09-01'),
    ('x', 'browser', false, false, null, null)
"""
MARTS = {
    "lead_scores": "select timestamp '2026-06-30' as as_of",
    "lead_source_records": "select 'crm' as connector, 'lead' as record_type,"
    " person_id as record_id, 'lead of ' || person_id as lead_id from persons",
    "dim_leads": "select 'lead of ' || person_id as lead_id,"
    " case person_id when 'won' then 'won' else 'new' end as stage_key,"
    " cast(null as varchar) as exclusion_reason from persons",
    # x was here last and most; what was sent to b1 is no contact. won may not be called.
    "fct_activities": """
        select 'lead of ' || person as lead_id, cast(on_day as timestamp) as occurred_at,
            kind as activity_type, cast(null as varchar) as duplicate_of
        from (values
            ('x', date '2026-06-29', 'page_view'), ('x', date '2026-06-28', 'page_view'),
            ('x', date '2026-06-27', 'page_view'), ('late', date '2026-06-26', 'download'),
            ('late', date '2026-06-25', 'download'), ('b2', date '2026-06-24', 'page_view'),
            ('b1', date '2026-06-23', 'page_view'), ('b1', date '2026-06-30', 'email_sent'),
            ('q', date '2026-06-01', 'inquiry'), ('won', date '2026-06-30', 'page_view')
        ) as told (person, on_day, kind)""",
    "sales_priority_list": "select unnest(['lead of q', 'lead of b1', 'lead of late']) as lead_id,"
    " unnest([1, 2, 3]) as priority_rank",
}


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    with duckdb.connect() as connection:
        connection.execute(
            f"create table persons as from (values {PERSONS})"
            " as p (person_id, kind, is_buyer, is_won, project_from, project_until)"
        )
        (tmp_path / "truth").mkdir()
        connection.execute(f"copy persons to '{tmp_path}/truth/persons.parquet'")
        connection.execute(
            "copy (select 'crm' as connector, 'lead' as record_type, person_id as record_id,"
            f" person_id from persons) to '{tmp_path}/truth/person_records.parquet'"
        )
        for mart, query in MARTS.items():
            folder = tmp_path / "parquet" / mart
            folder.mkdir(parents=True)
            connection.execute(f"copy ({query}) to '{folder}/{mart}.parquet'")
    return tmp_path


def test_all_lists_are_cut_to_the_length_of_the_call_list(sample: Path):
    heads = compared.compare_call_lists(sample / "truth", sample / "parquet")

    # Last touched: x, late, b2. Most active: x, late, then b2 before b1, who came a day before.
    assert [
        (head.name, head.leads, head.buyers, head.under_way, head.quiet_buyers, head.browsers)
        for head in heads[:3]
    ] == [
        ("sales_priority_list", 3, 3, 2, 1, 0),
        ("most recent contact first", 3, 2, 1, 0, 1),
        ("most activities first", 3, 2, 1, 0, 1),
    ]
    assert [head.wanted for head in heads] == [100, 100, 100, 1000, 1000, 1000]


def test_the_call_list_must_beat_both_habits(sample: Path, capsys: pytest.CaptureFixture[str]):
    assert compared.main([str(sample), str(sample)]) == 0
    assert "100.0%" in capsys.readouterr().out

    heads = compared.compare_call_lists(sample / "truth", sample / "parquet")
    as_good = compared.Head("most activities first", 100, 3, 3, 0, 0, 0)
    assert not compared.beats([heads[0], as_good])
