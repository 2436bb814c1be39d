"""Bad input, wrong settings and bad data: one line that says so, and readers keep what they have.

The nights run in this process; what ends one at its landing costs a second or two.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.defs import python_assets
from orchestration.defs.reporting import PROGRESS
from orchestration.settings import PROJECT_ROOT
from orchestration.warehouse import open_warehouse
from tests.support.home import Home


@pytest.fixture(scope="module")
def kept(night: tuple[Home, str], tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home for nights that end at their landing: they leave it as it was."""
    return night[0].copy(tmp_path_factory.mktemp("bad_nights"))


@pytest.fixture
def spoilt(kept: Home, tmp_path: Path) -> Home:
    """That home with raw rows of its own."""
    shutil.copytree(kept.raw, tmp_path / "raw")
    return Home(tmp_path / "raw", kept.home, kept.as_of)


def failed(ended: tuple[int, str, str]) -> str:
    """What a person reads after a night that failed: what, where and how to mend it."""
    code, _, err = ended
    assert code == 1
    assert err.startswith("error: ")
    assert err.count("\n") == 1
    assert " | where: " in err
    assert " | mend: " in err
    return err


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("LEADS_RAW", "/nowhere", "the folder of raw tables does not exist | where: LEADS_RAW ="),
        ("LEADS_CONNECTORS", "salesforce,oracle", "'oracle' is no connector | where: LEADS_CONN"),
        ("LEADS_AS_OF", "2026-06-31", "'2026-06-31' is not a moment in ISO 8601 | where: LEADS_AS"),
        ("LEADS_MEMORY", "plenty", "'plenty' is no amount of memory | where: LEADS_MEMORY"),
    ],
)
def test_a_wrong_setting_is_told_in_one_line_and_readers_keep_what_they_have(
    variable: str, value: str, told: str, kept: Home
) -> None:
    before = kept.published()

    ended = kept.run_here(**{variable: value})

    assert told in failed(ended)
    assert kept.published() == before


def _empty(raw: Path) -> Path:
    (raw / "marketo" / "program.csv").write_text("")
    return raw / "marketo" / "program.csv"


def _no_text(raw: Path) -> Path:
    (raw / "salesforce" / "task.csv").write_bytes(b"PK\x03\x04\x14\x00\x06\x00" * 100)
    return raw / "salesforce" / "task.csv"


def _no_parquet(raw: Path) -> Path:
    (raw / "salesforce" / "task.csv").unlink()
    (raw / "salesforce" / "task.parquet").write_bytes(b"PAR1 and nothing else")
    return raw / "salesforce" / "task.parquet"


def _without_key(raw: Path) -> Path:
    file = raw / "salesforce" / "lead.csv"
    file.write_text(file.read_text().replace("id,", "number,", 1))
    return file


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_empty, "is empty, without even a header"),
        (_no_text, "is unreadable: no UTF-8 text"),
        (_no_parquet, "task.parquet"),
        (_without_key, "lacks the required column 'id'"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_readers_keep_what_they_have(
    spoil: Callable[[Path], Path], told: str, spoilt: Home
) -> None:
    before = spoilt.published()
    file = spoil(spoilt.raw)

    ended = spoilt.run_here()

    said = failed(ended)
    assert told in said
    assert file.relative_to(spoilt.raw).as_posix() in said
    assert spoilt.published() == before


def test_a_connector_without_its_people_is_refused(spoilt: Home, tmp_path: Path) -> None:
    (spoilt.raw / "marketo" / "lead.csv").unlink()

    ended = Home(spoilt.raw, tmp_path / "home", spoilt.as_of).run_here()

    assert "the table 'lead' of marketo is missing" in failed(ended)
    assert not (tmp_path / "home" / "published").exists()


def test_a_wrong_rule_is_named_by_seed_and_row_before_anything_lands(
    kept: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("models", "seeds"):
        shutil.copytree(PROJECT_ROOT / folder, tmp_path / folder)
    shutil.copy(PROJECT_ROOT / "dbt_project.yml", tmp_path)
    rules = tmp_path / "seeds" / "scoring" / "score_rules.csv"
    header, first, *others = rules.read_text().splitlines()
    values = dict(zip(header.split(","), first.split(","), strict=True)) | {"points": "many"}
    rules.write_text("\n".join([header, ",".join(values.values()), *others]) + "\n")
    monkeypatch.setattr(python_assets, "PROJECT_ROOT", tmp_path)
    before = kept.published()

    ended = kept.run_here()

    said = failed(ended)
    assert "'many'" in said
    assert "seeds/scoring/score_rules.csv" in said
    assert kept.published() == before


class Spoiler(logging.Handler):
    """Spoils the warehouse once, when a step of the night has said for the nth time what it did."""

    def __init__(self, home: Home, said: str, times: int, statement: str) -> None:
        super().__init__(logging.INFO)
        self.home, self.said, self.times, self.statement = home, said, times, statement

    def emit(self, record: logging.LogRecord) -> None:
        """Count the step's lines, and spoil."""
        self.times -= record.getMessage().startswith(self.said)
        if self.times == 0:
            self.times = -1
            with open_warehouse(self.home.home / "warehouse.duckdb") as connection:
                connection.execute(self.statement)


@pytest.mark.parametrize(
    ("said", "times", "statement", "told"),
    [
        (
            "dbt built",
            2,
            "insert into main.fct_activities by name select * replace"
            " ('from tomorrow' as activity_id, occurred_at + interval 9000 day as occurred_at)"
            " from main.fct_activities limit 1",
            "main.fct_activities activities_lie_in_the_past",
        ),
        (
            "0 leads through their lifecycle",
            1,
            "insert into lifecycle.mqls from lifecycle.mqls limit 1",
            "dbt steps failed: test is_key_fct_qualifications",
        ),
        (
            "dbt built",
            3,
            "insert into main.fct_score_ledger from main.fct_score_ledger limit 1",
            "main.fct_score_ledger key_is_unique",
        ),
    ],
    ids=["gate before scoring", "test of dbt", "gate of the marts"],
)
def test_bad_data_is_stopped_where_it_is_checked_and_readers_keep_what_they_have(
    said: str, times: int, statement: str, told: str, kept: Home, tmp_path: Path
) -> None:
    home = kept.copy(tmp_path)
    before = home.published()
    spoiler = Spoiler(home, said, times, statement)
    PROGRESS.addHandler(spoiler)
    try:
        ended = home.run_here()
    finally:
        PROGRESS.removeHandler(spoiler)

    assert spoiler.times == -1
    assert told in failed(ended)
    assert home.published() == before


BROKEN_LINES = """\
id,lead_id,activity_date,webpage_url,_fivetran_synced
990000001,1000001,2026-06-29 01:00:00,https://www.kumohashi.example/pricing,2026-06-29
990000002,1000001,2026-06-29 01:00:00
,1000001,2026-06-29 01:00:00,https://www.kumohashi.example/faq,2026-06-29
990000004,1000001,someday,https://www.kumohashi.example/faq,2026-06-29
"""


def test_a_table_refused_whole_is_stopped_until_it_is_mended_and_broken_lines_are_put_aside(
    kept: Home, tmp_path: Path
) -> None:
    home = kept.copy(tmp_path)
    before = home.published()
    views = home.raw / "marketo" / "activity_visit_webpage"
    views.mkdir()
    (views / "late.csv").write_text(BROKEN_LINES)
    changes = home.raw / "salesforce" / "contact_history.csv"
    header = "id,contact_id,field,created_date,old_value,new_value\n"
    row = "0175h0000{:06d}AAA,0035h0000000001AAA,Title,{},課長,部長\n"
    changes.write_text(header + "".join(row.format(n, "32.13.2026") for n in range(100)))

    ended = home.run_here()

    assert "control.landed_tables no_table_is_refused_whole" in failed(ended)
    assert home.published() == before

    changes.write_text(header + "".join(row.format(n, "2026-06-01 00:00:00") for n in range(100)))
    code, _, err = home.run_here()

    assert (code, err) == (0, "")
    with duckdb.connect(str(home.current / "lead_marts.duckdb"), read_only=True) as marts:
        put_aside = marts.execute(
            "select row_number, length(reason) > 0 from quarantined_rows"
            " where file = 'marketo/activity_visit_webpage/late.csv' order by row_number"
        ).fetchall()
        landed = marts.execute(
            "select count(*) from fct_activities where source_record_id = '990000001'"
        ).fetchone()
    # The header is row 1, the good row 2.
    assert put_aside == [(3, True), (4, True), (5, True)]
    assert landed == (1,)
