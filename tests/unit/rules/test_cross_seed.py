"""Rules that span columns or need more than a declaration."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.errors import LeadsError
from orchestration.rules.seeds import validate_seeds
from orchestration.settings import PROJECT_ROOT


@pytest.fixture
def calendar_project(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT_ROOT / "seeds" / "calendar", tmp_path / "seeds" / "calendar")
    return tmp_path


@pytest.mark.parametrize(
    ("seed", "row", "column", "what"),
    [
        ("working_hours", "x,0,Asia/Edo,09:00,18:00,JP,,", "time_zone", "no time zone"),
        ("working_hours", "x,0,Asia/Tokyo,9,18:00,JP,,", "opens", "no time of day"),
        ("working_hours", "x,0,Asia/Tokyo,09:00,18:00,ZZ,,", "holiday_country", "not known"),
        ("company_closures", "default,12-32,01-03,,,x", "month_day_from", "no day of a year"),
        ("company_closures", "default,,,2026-08-12,,x", "date_from", "a first and a last day"),
    ],
)
def test_a_calendar_that_cannot_be_computed_is_refused_with_its_row(
    seed: str, row: str, column: str, what: str, calendar_project: Path
):
    path = calendar_project / "seeds" / "calendar" / f"{seed}.csv"
    last_line = len(path.read_text(encoding="utf-8").splitlines()) + 1
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")

    with pytest.raises(LeadsError) as told:
        validate_seeds(calendar_project)
    assert what in told.value.what
    assert told.value.where == f"seeds/calendar/{seed}.csv, row {last_line}, column {column}"


def test_a_closure_of_a_calendar_without_hours_is_refused(calendar_project: Path):
    path = calendar_project / "seeds" / "calendar" / "company_closures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("default", "shop"), encoding="utf-8")

    with pytest.raises(LeadsError, match=r"'shop' is unknown in working_hours\.calendar_id"):
        validate_seeds(calendar_project)


def test_a_label_that_is_not_written_as_it_is_compared_is_refused(tmp_path: Path):
    folder = tmp_path / "seeds" / "content"
    folder.mkdir(parents=True)
    (folder / "_content__seeds.yml").write_text(
        """
seeds:
  - name: status_map
    description: One row per status.
    config: {column_types: {status_label: string}}
    columns:
      - {name: status_label, description: The status., data_type: text}
""",
        encoding="utf-8",
    )
    (folder / "status_map.csv").write_text("status_label\nattended\nＮｏ Show\n", encoding="utf-8")

    with pytest.raises(LeadsError) as told:
        validate_seeds(tmp_path)
    assert told.value.mend == "write 'no show'"
    assert told.value.where == "seeds/content/status_map.csv, row 3, column status_label"
