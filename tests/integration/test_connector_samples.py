"""Nights over real exports: every row is accounted for and the marts come out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import PROJECT_ROOT
from tests.support.connector_samples import connector_samples

pytestmark = pytest.mark.connector_samples

CONNECTORS = ("salesforce", "marketo", "hubspot", "pardot")
UNDERSTOOD = {
    "hubspot": {"download", "inquiry", "meeting_request", "email_open", "sales_call"},
    "pardot": {"email_bounce", "email_unsubscribe"},
}


@pytest.fixture(scope="module", params=["hubspot", "pardot", ",".join(CONNECTORS)])
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marts that a night over the exports of some connectors published."""
    home = tmp_path_factory.mktemp("home")
    night = subprocess.run(
        [sys.executable, "-m", "orchestration", "nightly"],
        cwd=PROJECT_ROOT,
        env=os.environ
        | {
            "LEADS_RAW": str(connector_samples()),
            "LEADS_CONNECTORS": request.param,
            "LEADS_HOME": str(home),
            "LEADS_AS_OF": "2026-06-30T15:00:00Z",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (night.returncode, night.stderr) == (0, ""), night.stderr
    return home / "published" / "current" / "lead_marts.duckdb"


def test_every_row_of_the_exports_counts_once(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as marts:
        open_tables = marts.execute(
            "select connector, table_name from row_accounting"
            " where raw_rows <> used + duplicate + deleted + quarantined + not_yet + ignored"
            " or quarantined > 0"
        ).fetchall()
    assert open_tables == []


def test_every_person_of_the_exports_is_a_lead(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as marts:
        records, strangers, leads = marts.execute(
            "select count(*), count(*) filter (lead_id not in (select lead_id from dim_leads)),"
            " count(distinct lead_id) from lead_source_records"
        ).fetchone() or (0, 0, 0)
    assert 0 < leads <= records
    assert strangers == 0


def test_what_happened_in_the_exports_is_understood(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as marts:
        told = marts.execute(
            "select connector, array_agg(distinct activity_type) from fct_activities"
            " where connector in ('hubspot', 'pardot') group by connector"
        ).fetchall()
    assert told
    for connector, activity_types in told:
        assert UNDERSTOOD[connector] <= set(activity_types)
