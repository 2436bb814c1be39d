"""Precision and recall of pairs, counted by hand."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sample.check_identity import check_identity, main

# Person 1 has records a b c d, person 2 has e f, person 3 has g and h, which never landed.
TRUTH = {"a": 1, "b": 1, "c": 1, "d": 1, "e": 2, "f": 2, "g": 3, "h": 3}
# Lead x has a b c, lead y has d e f, lead z has g.
FOUND = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "y", "g": "z"}


def write(path: Path, ids: dict[str, int] | dict[str, str], column: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.table(
        {
            "connector": ["crm"] * len(ids),
            "record_type": ["lead"] * len(ids),
            "record_id": list(ids),
            column: list(ids.values()),
        }
    )
    pq.write_table(table, path)
    return path


def test_pairs_are_counted_as_by_hand(tmp_path: Path):
    report = check_identity(
        write(tmp_path / "truth.parquet", TRUTH, "person_id"),
        write(tmp_path / "found.parquet", FOUND, "lead_id"),
    )

    # True: 4 * 3 / 2 + 1 = 7. Found: 3 + 3 = 6. Both: ab ac bc and ef.
    assert (report.records, report.true_pairs, report.found_pairs) == (7, 7, 6)
    assert report.precision == pytest.approx(4 / 6)
    assert report.recall == pytest.approx(4 / 7)


def test_a_missed_target_is_the_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    sample, published = tmp_path / "sample", tmp_path / "published"
    write(sample / "truth" / "person_records.parquet", TRUTH, "person_id")
    mart = published / "parquet" / "lead_source_records"
    write(mart / "part.parquet", FOUND, "lead_id")
    assert main([str(sample), str(published)]) == 1
    assert "pair precision        0.6667  target 0.995" in capsys.readouterr().out

    write(mart / "part.parquet", {key: str(who) for key, who in TRUTH.items()}, "lead_id")
    assert main([str(sample), str(published)]) == 0
