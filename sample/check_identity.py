"""How well records were told apart: pair precision and recall against the hidden truth.

``python -m sample.check_identity SAMPLE_FOLDER PUBLISHED_FOLDER``
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

PRECISION_TARGET = 0.995
RECALL_TARGET = 0.95

# Pairs of records of one group number count * (count - 1) / 2, so that none need be listed.
_PAIRS = "sum(records * (records - 1) / 2)"


@dataclass(frozen=True)
class Report:
    """What was found of the pairs of records that are one person.

    Attributes:
        records: Records that landed and belong to a lead.
        true_pairs: Pairs of records of one person.
        found_pairs: Pairs of records of one lead.
        common_pairs: Pairs that are both.
    """

    records: int
    true_pairs: int
    found_pairs: int
    common_pairs: int

    @property
    def precision(self) -> float:
        """Share of the pairs found that are true; 1 where none was found."""
        return self.common_pairs / self.found_pairs if self.found_pairs else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that were found; 1 where there is none."""
        return self.common_pairs / self.true_pairs if self.true_pairs else 1.0


def check_identity(truth: Path, source_records: Path) -> Report:
    """Compare the leads of records with the people behind them.

    Args:
        truth: `person_records.parquet` of a sample.
        source_records: Parquet files of the mart `lead_source_records`, as a file or a folder.
    """
    found = source_records / "*.parquet" if source_records.is_dir() else source_records
    with duckdb.connect() as connection:
        connection.execute(
            "create temp table told as select truth.person_id, found.lead_id"
            " from read_parquet(?) as truth inner join read_parquet(?) as found"
            " using (connector, record_type, record_id)",
            [str(truth), str(found)],
        )
        (records,) = connection.execute("select count(*) from told").fetchone() or (0,)
        pairs = [
            connection.execute(
                f"select coalesce({_PAIRS}, 0)::bigint"
                f" from (select count(*) as records from told group by {grouped})"
            ).fetchone()
            for grouped in ("person_id", "lead_id", "person_id, lead_id")
        ]
    true_pairs, found_pairs, common_pairs = (row[0] if row else 0 for row in pairs)
    return Report(int(records), int(true_pairs), int(found_pairs), int(common_pairs))


def main(arguments: list[str] | None = None) -> int:
    """Print precision and recall.

    Returns:
        The exit code: 0, or 1 where a target is missed.
    """
    parser = argparse.ArgumentParser(prog="python -m sample.check_identity", description=__doc__)
    parser.add_argument("sample", type=Path, help="folder that python -m sample wrote")
    parser.add_argument("published", type=Path, help="LEADS_HOME/published/current of its night")
    given = parser.parse_args(arguments)
    report = check_identity(
        given.sample / "truth" / "person_records.parquet",
        given.published / "parquet" / "lead_source_records",
    )
    print(f"records         {report.records:>12,}")
    print(f"pairs, true     {report.true_pairs:>12,}")
    print(f"pairs, found    {report.found_pairs:>12,}")
    print(f"pair precision  {report.precision:>12.4f}  target {PRECISION_TARGET}")
    print(f"pair recall     {report.recall:>12.4f}  target {RECALL_TARGET}")
    return int(report.precision < PRECISION_TARGET or report.recall < RECALL_TARGET)


if __name__ == "__main__":
    sys.exit(main())
