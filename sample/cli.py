"""The command line: ``python -m sample``."""

import argparse
import logging
import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

from sample.run import write_sample
from sample.spec import DEFAULT_CONNECTORS, DEFAULT_END, SampleError, SampleReport, SampleSpec

BAD_ARGUMENTS = 2


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Print one line and leave."""
        mend = "see python -m sample --help"
        print(f"error: {message} | where: command line | mend: {mend}", file=sys.stderr)
        raise SystemExit(BAD_ARGUMENTS)


def main(arguments: list[str] | None = None) -> int:
    """Write a sample organisation and print what to build with.

    Args:
        arguments: Command line without the program; default the process's own.

    Returns:
        The exit code: 0, or 2 for a setting that cannot be used.
    """
    logging.basicConfig(format="sample: %(message)s", level=logging.INFO, stream=sys.stderr)
    try:
        report = write_sample(_spec(_parser().parse_args(arguments)))
    except SampleError as error:
        print(f"error: {error}", file=sys.stderr)
        return BAD_ARGUMENTS
    _show(report)
    return 0


def _parser() -> _Parser:
    """Describe the arguments."""
    parser = _Parser(prog="python -m sample", description="Write a made-up organisation.")
    parser.add_argument("--leads", type=int, required=True, help="people in the funnel")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--activities-per-lead", type=int, default=100, help="on average")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--format", dest="fmt", default="csv", help="csv or parquet")
    parser.add_argument("--nights", type=int, default=0, help="files per table, by landing day")
    parser.add_argument("--connectors", default=",".join(DEFAULT_CONNECTORS), help="comma list")
    parser.add_argument("--end", type=date.fromisoformat, default=DEFAULT_END, help="last day")
    parser.add_argument("--days", type=int, default=730, help="length of the history")
    parser.add_argument("--dirt", type=float, default=0.1, help="0 clean .. 1 dirtiest")
    parser.add_argument("--noise", type=float, default=0.1, help="people hard to tell, 0 .. 1")
    parser.add_argument(
        "--extra-night", action="store_true", help="put the last day's rows into OUT/extra"
    )
    return parser


def _spec(given: argparse.Namespace) -> SampleSpec:
    """Turn arguments into a spec."""
    names = [name.strip() for name in given.connectors.split(",") if name.strip()]
    return SampleSpec(
        leads=given.leads,
        out=given.out,
        activities_per_lead=given.activities_per_lead,
        seed=given.seed,
        fmt=given.fmt,
        nights=given.nights,
        connectors=tuple(dict.fromkeys(names)),
        end=given.end,
        days=given.days,
        dirt=given.dirt,
        noise=given.noise,
        extra_night=given.extra_night,
    )


def _show(report: SampleReport) -> None:
    """Print rows per table and the as-of moment."""
    for (connector, table), rows in report.rows.items():
        extra = report.extra_rows.get((connector, table), 0)
        more = f"  (+{extra:,} in the extra night)" if report.extra_rows else ""
        print(f"{connector + '/' + table:<50}{rows:>14,}{more}")
    print(
        f"people {report.people:,}, activity rows {report.activity_rows:,}, {report.seconds:.1f} s"
    )
    print(f"as-of {report.as_of}")
    print(f"raw   {report.out / 'raw'}")
