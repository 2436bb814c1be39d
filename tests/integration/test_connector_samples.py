"""Nights over real exports: every row is accounted for and the marts come out."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from dbt.contracts.graph.manifest import Manifest

from tests.support.connector_samples import connector_samples
from tests.support.home import Home
from tests.support.nights import Nights

pytestmark = pytest.mark.connector_samples

AS_OF = "2026-06-30T15:00:00+00:00"
CONNECTORS = ("salesforce", "marketo", "hubspot", "pardot")
UNDERSTOOD = {
    "hubspot": {"download", "inquiry", "meeting_request", "email_open", "sales_call"},
    "pardot": {"email_bounce", "email_unsubscribe"},
}


@pytest.fixture(scope="module", params=["hubspot", "pardot", ",".join(CONNECTORS)])
def marts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, manifest: Manifest
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The marts of a night over the exports of some connectors; all four pass the gates too."""
    home = tmp_path_factory.mktemp("home")
    connectors = tuple(request.param.split(","))
    if connectors == CONNECTORS:
        ended = Home(connector_samples(), home, AS_OF).run_here(LEADS_CONNECTORS=request.param)
        assert (ended[0], ended[2]) == (0, ""), ended[2]
        database = home / "published" / "current" / "lead_marts.duckdb"
    else:
        nights = Nights(connector_samples(), home, manifest, connectors=connectors)
        nights.run(AS_OF)
        database = nights.warehouse
    with duckdb.connect(str(database), read_only=True) as connection:
        yield connection


def test_every_row_of_the_exports_counts_once(marts: duckdb.DuckDBPyConnection) -> None:
    open_tables = marts.execute(
        "select connector, table_name from row_accounting"
        " where raw_rows <> used + duplicate + deleted + quarantined + not_yet + ignored"
        " or quarantined > 0"
    ).fetchall()
    assert open_tables == []


def test_every_person_of_the_exports_is_a_lead(marts: duckdb.DuckDBPyConnection) -> None:
    records, strangers, leads = marts.execute(
        "select count(*), count(*) filter (lead_id not in (select lead_id from dim_leads)),"
        " count(distinct lead_id) from lead_source_records"
    ).fetchone() or (0, 0, 0)
    assert 0 < leads <= records
    assert strangers == 0


def test_what_happened_in_the_exports_is_understood(marts: duckdb.DuckDBPyConnection) -> None:
    told = marts.execute(
        "select connector, array_agg(distinct activity_type) from fct_activities"
        " where connector in ('hubspot', 'pardot') group by connector"
    ).fetchall()
    assert told
    for connector, activity_types in told:
        assert UNDERSTOOD[connector] <= set(activity_types)
