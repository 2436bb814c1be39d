"""Lands real exports that lie outside the project, where they are there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.landing import LandingReport, land
from orchestration.landing.csv_text import physical_lines, read_records
from orchestration.landing.declarations import read_project
from orchestration.settings import PROJECT_ROOT, Settings
from tests.support.connector_samples import connector_samples

pytestmark = pytest.mark.connector_samples


@pytest.fixture(scope="module")
def samples() -> Path:
    return connector_samples()


@pytest.fixture(scope="module")
def report(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> LandingReport:
    settings = Settings(
        raw=samples,
        home=tmp_path_factory.mktemp("home"),
        as_of=datetime(2026, 6, 30, tzinfo=UTC),
    )
    return land(settings, log=print)


def test_every_row_of_the_exports_lands_or_is_refused(samples: Path, report: LandingReport):
    known = read_project(PROJECT_ROOT).connectors
    there = {
        (path.parent.name, path.stem): sum(1 for _ in read_records(physical_lines(path))) - 1
        for path in samples.glob("*/*.csv")
        if path.parent.name in known
    }
    landed = {
        (table.connector, table.table_name): table.new_rows + table.refused_rows
        for table in report.tables
    }
    assert landed == there


def test_no_row_of_the_exports_is_refused(report: LandingReport):
    assert [table for table in report.tables if table.refused_rows] == []


def test_every_declared_table_of_the_exports_is_understood(report: LandingReport):
    """Real column sets: what is declared should be there, apart from what is custom."""
    known = read_project(PROJECT_ROOT).connectors
    for table in report.tables:
        if table.is_declared and table.new_rows:
            declared = known[table.connector][table.table_name]
            assert len(table.drift["missing_optional"]) < len(declared.columns)
