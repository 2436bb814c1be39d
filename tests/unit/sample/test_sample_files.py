"""What is written: same bytes, right size, nights that add up, dirt where it belongs."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sample import SampleReport, SampleSpec, write_sample


def _lines(folder: Path) -> dict[str, Counter[bytes]]:
    """Return the lines of each table of a folder, headers left out, whatever the files."""
    tables: dict[str, Counter[bytes]] = {}
    for path in sorted(folder.rglob("*.csv")):
        name = path.parent.name if path.stem.startswith("night") else path.stem
        tables.setdefault(name, Counter()).update(path.read_bytes().split(b"\n")[1:-1])
    return tables


def _same_again(small: SampleReport, out: Path, **changes: object) -> SampleReport:
    """Write the small sample once more, with changes."""
    spec = SampleSpec(leads=300, activities_per_lead=40, out=out)
    assert small.people == spec.leads
    return write_sample(replace(spec, **changes))  # type: ignore[arg-type]


def test_same_settings_give_the_same_bytes(small: SampleReport, tmp_path: Path) -> None:
    again = _same_again(small, tmp_path)
    files = sorted(path.relative_to(small.out) for path in small.out.rglob("*.csv"))
    assert files
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv"))
    for name in files:
        assert (small.out / name).read_bytes() == (tmp_path / name).read_bytes(), name
    assert again.rows == small.rows


def test_another_seed_gives_another_organisation(small: SampleReport, tmp_path: Path) -> None:
    _same_again(small, tmp_path, seed=8)
    name = Path("raw/salesforce/lead.csv")
    assert (small.out / name).read_bytes() != (tmp_path / name).read_bytes()


def test_activity_rows_come_near_the_number_asked_for(small: SampleReport) -> None:
    assert small.activity_rows == pytest.approx(300 * 40, rel=0.25)


def test_reported_rows_are_the_rows_in_the_files(small: SampleReport) -> None:
    for (connector, table), rows in small.rows.items():
        path = small.out / "raw" / connector / f"{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert sum(1 for _ in csv.reader(file)) - 1 == rows, table


@pytest.mark.parametrize("extra_night", [False, True])
def test_nights_share_out_the_rows_of_the_single_files(
    small: SampleReport, tmp_path: Path, extra_night: bool
) -> None:
    report = _same_again(small, tmp_path, nights=8, extra_night=extra_night)
    assert _lines(tmp_path) == _lines(small.out / "raw")
    assert (tmp_path / "extra").exists() == extra_night
    total = sum(report.rows.values()) + sum(report.extra_rows.values())
    assert total == sum(small.rows.values())
    assert len(list((tmp_path / "raw/marketo/activity_visit_webpage").iterdir())) > 5


def test_a_night_holds_what_landed_on_its_tokyo_day(small: SampleReport, tmp_path: Path) -> None:
    _same_again(small, tmp_path, nights=3)
    days = set()
    path = tmp_path / "raw/marketo/activity_visit_webpage/night_0003.csv"
    with path.open(encoding="utf-8", newline="") as file:
        days = {row["_fivetran_synced"] for row in csv.DictReader(file) if row["_fivetran_synced"]}
    assert min(days) >= "2026-06-29 15:00:00"
    assert max(days) < "2026-06-30 15:00:00"


def test_dirt_is_planted_and_told(small: SampleReport) -> None:
    told = pq.read_table(small.out / "truth" / "dirt.parquet").to_pylist()
    kinds = {row["kind"] for row in told}
    assert kinds == {"no_key", "bad_time", "far_future", "broken_line", "repeat"}
    assert "2025-02-30" in (small.out / "raw/marketo/activity_send_email.csv").read_text("utf-8")
    with (small.out / "raw/salesforce/lead.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    broken = [row for row in rows if len(row) != len(header)]
    expected = [r["rows"] for r in told if (r["table_name"], r["kind"]) == ("lead", "broken_line")]
    assert expected
    assert len(broken) in expected
    assert any(row[0] == "" for row in rows)


def test_without_dirt_no_line_is_broken(small: SampleReport, tmp_path: Path) -> None:
    _same_again(small, tmp_path, dirt=0)
    for path in tmp_path.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        assert {len(row) for row in rows} <= {len(header)}, path
        if "id" in header:
            assert all(row[header.index("id")] for row in rows), path


def test_parquet_holds_the_same_records_as_csv(small: SampleReport, tmp_path: Path) -> None:
    _same_again(small, tmp_path, fmt="parquet", connectors=("marketo",))
    assert not (tmp_path / "raw/salesforce").exists()
    clean = pq.read_table(tmp_path / "raw/marketo/activity_fill_out_form.parquet")
    with (small.out / "raw/marketo/activity_fill_out_form.csv").open(encoding="utf-8") as file:
        in_csv = {row["id"] for row in csv.DictReader(file)}
    assert {str(i) for i in clean.column("id").to_pylist() if i is not None} == in_csv - {""}
