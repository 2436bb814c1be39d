"""The command: `python -m bench --leads 100000 [--record]`."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from bench.measured import Usage, measure
from bench.report import Measurement, describe, record
from bench.steps import newest_night
from orchestration.errors import LeadsError
from sample.run import write_sample
from sample.spec import SampleSpec

# A night with all tests, gates and publishing, as the schedule runs it.
NIGHT = ("orchestration", ["nightly"])


def main() -> int:
    """Measure, print, and record where asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--leads", type=int, default=100_000, help="people of the sample")
    parser.add_argument("--activities-per-lead", type=int, default=100)
    parser.add_argument("--out", type=Path, help="folder to work in and to keep")
    parser.add_argument("--record", action="store_true", help="add to docs/benchmarks.md")
    given = parser.parse_args()
    try:
        if given.out:
            given.out.mkdir(parents=True, exist_ok=True)
            _bench(given, given.out.resolve())
        else:
            with tempfile.TemporaryDirectory(prefix="leads-bench-") as folder:
                _bench(given, Path(folder))
    except LeadsError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _bench(given: argparse.Namespace, folder: Path) -> None:
    print(f"writing a sample of {given.leads:,} leads to {folder}", flush=True)
    made = write_sample(
        SampleSpec(
            leads=given.leads,
            activities_per_lead=given.activities_per_lead,
            out=folder / "sample",
            fmt="parquet",
            extra_night=True,
        )
    )
    baseline = _baseline(folder)
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    # The raw tables end a day before the as-of of the sample: that day is the extra night.
    as_of = datetime.fromisoformat(made.as_of) - timedelta(days=1)
    nights = {}
    for number, name in enumerate(("full build", "night without new rows", "night")):
        if name == "night":
            _add_extra_night(folder / "sample")
        print(f"running: {name}", flush=True)
        usage = _night(folder, home, as_of + timedelta(days=number), f"{number}.log")
        nights[name] = usage, newest_night(home, usage.seconds)
    measurement = Measurement(
        raw_rows=sum(made.rows.values()),
        new_rows=sum(made.extra_rows.values()),
        leads=given.leads,
        baseline=baseline,
        nights=nights,
    )
    print(describe(measurement))
    if given.record:
        print(f"recorded in {record(measurement)}")


def _baseline(folder: Path) -> Usage:
    print("running: baseline", flush=True)
    warehouse = folder / "baseline.duckdb"
    warehouse.unlink(missing_ok=True)
    raw = folder / "sample" / "raw"
    return measure("bench.baseline", [str(raw), str(warehouse)], folder / "baseline.log")


def _night(folder: Path, home: Path, as_of: datetime, log: str) -> Usage:
    module, arguments = NIGHT
    environment = {
        "LEADS_RAW": str(folder / "sample" / "raw"),
        "LEADS_HOME": str(home),
        "LEADS_AS_OF": as_of.isoformat(),
        "LEADS_CONNECTORS": "",
    }
    return measure(module, arguments, folder / log, environment)


def _add_extra_night(sample: Path) -> None:
    for file in sorted((sample / "extra").rglob("*.parquet")):
        target = sample / "raw" / file.relative_to(sample / "extra")
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(file, target)


if __name__ == "__main__":
    sys.exit(main())
