"""The benchmark's tables, for the terminal and for docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.measured import Usage
from bench.steps import LANDING_AND_MODELS, LAYERS, NightTimes
from orchestration.settings import PROJECT_ROOT

DOCUMENT = PROJECT_ROOT / "docs" / "benchmarks.md"
# What a measurement is put behind, so that the newest stands first.
MARK = "<!-- measurements -->\n"
PACKAGES = ("duckdb", "dbt-core", "dbt-duckdb", "dagster", "great-expectations")
SLOWEST = 12


@dataclass(frozen=True)
class Measurement:
    """What one benchmark measured.

    Attributes:
        raw_rows: Rows of the full build.
        new_rows: Rows of the night.
        leads: People of the sample.
        baseline: What the baseline took.
        nights: What each night took and where, by its name; the full build is the first.
    """

    raw_rows: int
    new_rows: int
    leads: int
    baseline: Usage
    nights: Mapping[str, tuple[Usage, NightTimes]]


def describe(measured: Measurement) -> str:
    """Give the measurement as Markdown, with machine and versions."""
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return "\n\n".join(
        [
            f"### {measured.raw_rows:,} raw rows of {measured.leads:,} leads;"
            f" a night of {measured.new_rows:,} rows",
            f"{os.cpu_count()} cores, {_memory_gib():.0f} GiB, {platform.system()}"
            f" {platform.machine()}, Python {platform.python_version()}, {versions}.",
            _runs(measured),
            _ratios(measured),
            _layers(measured),
            _slowest_models(measured),
        ]
    )


def record(measured: Measurement) -> Path:
    """Put the measurement before the earlier ones of docs/benchmarks.md."""
    before, mark, after = DOCUMENT.read_text(encoding="utf-8").partition(MARK)
    text = f"{before}{mark}\n{describe(measured)}\n{after}"
    DOCUMENT.write_text(text, encoding="utf-8")
    return DOCUMENT


def _runs(measured: Measurement) -> str:
    usages = {"baseline": measured.baseline}
    usages |= {name: usage for name, (usage, _) in measured.nights.items()}
    return _table(
        ("run", "seconds", "CPU seconds", "peak GB"),
        (
            (name, f"{usage.seconds:.1f}", f"{usage.cpu_seconds:.1f}",
             f"{usage.peak_bytes / 1e9:.1f}")
            for name, usage in usages.items()
        ),
    )  # fmt: skip


def _ratios(measured: Measurement) -> str:
    (full, times), (idle, _), (night, _) = measured.nights.values()
    baseline = measured.baseline.seconds
    built = sum(times.layers[layer] for layer in LANDING_AND_MODELS)
    peak = max(usage.peak_bytes for usage, _ in measured.nights.values())
    return _table(
        ("what", "measured", "budget"),
        (
            ("landing and models / baseline", f"{built / baseline:.1f}", "4"),
            ("whole job / baseline", f"{full.seconds / baseline:.1f}", "8"),
            ("(night - night without new rows) / full build",
             f"{(night.seconds - idle.seconds) / full.seconds:.1%}", "5 %"),
            ("night without new rows", f"{idle.seconds:.0f} s", "40 s"),
            ("peak memory", f"{peak / 1e9:.1f} GB", "8 GB"),
        ),
    )  # fmt: skip


def _layers(measured: Measurement) -> str:
    times = [times for _, times in measured.nights.values()]
    return _table(
        ("seconds per layer", *measured.nights),
        ((layer, *(f"{each.layers[layer]:.1f}" for each in times)) for layer in LAYERS),
    )


def _slowest_models(measured: Measurement) -> str:
    columns = [list(times.models.items())[:SLOWEST] for _, times in measured.nights.values()]
    return _table(
        tuple(f"slowest models: {name}" for name in measured.nights),
        (
            tuple(f"{model} {seconds:.1f}" for model, seconds in row)
            for row in zip(*columns, strict=False)
        ),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
