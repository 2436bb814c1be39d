"""The same raw rows give the same marts, however the nights fall.

Every table in the schema of the marts is compared, so a mart added later is in these tests at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dbt.contracts.graph.manifest import Manifest

from sample import SampleSpec, write_sample
from tests.support.marts import differences, read_marts
from tests.support.nights import Nights
from tests.support.raw_files import add_night, scatter

# Where a row stood differs with the files it came in; that it was refused, and why, does not.
PLACES = {"quarantined_rows": {"file", "row_number"}}
LAST_NIGHT = datetime.fromisoformat("2026-06-30T15:00:00+00:00")
AS_OF = LAST_NIGHT.isoformat()


@pytest.fixture(scope="module")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("organisation")
    write_sample(SampleSpec(leads=200, out=out, activities_per_lead=60, dirt=0.5))
    return out / "raw"


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory, organisation: Path) -> Manifest:
    parsed = Nights(organisation, tmp_path_factory.mktemp("parsed")).dbt("parse")
    assert isinstance(parsed, Manifest)
    return parsed


@pytest.fixture(scope="module")
def one_night(
    tmp_path_factory: pytest.TempPathFactory, organisation: Path, manifest: Manifest
) -> Nights:
    nights = Nights(organisation, tmp_path_factory.mktemp("one_night"), manifest)
    nights.run(AS_OF)
    return nights


@pytest.fixture(scope="module")
def scattered(tmp_path_factory: pytest.TempPathFactory, organisation: Path) -> list[Path]:
    return scatter(organisation, tmp_path_factory.mktemp("scattered"), nights=5, seed=11)


def _in_order(
    order: tuple[int, ...], scattered: list[Path], home: Path, manifest: Manifest
) -> Nights:
    nights = Nights(home / "raw", home / "home", manifest)
    for number in order:
        add_night(scattered[number], nights.raw)
        nights.run(AS_OF)
    return nights


@pytest.fixture(scope="module")
def five_nights(
    tmp_path_factory: pytest.TempPathFactory, scattered: list[Path], manifest: Manifest
) -> Nights:
    home = tmp_path_factory.mktemp("five_nights")
    return _in_order((0, 1, 2, 3, 4), scattered, home, manifest)


def test_every_mart_has_rows_to_compare(one_night: Nights) -> None:
    may_be_empty = {"lead_redirects"}
    empty = {name for name, rows in read_marts(one_night.warehouse).items() if not rows.num_rows}
    assert empty <= may_be_empty


def test_five_nights_give_what_one_night_gives(one_night: Nights, five_nights: Nights) -> None:
    assert differences(one_night.warehouse, five_nights.warehouse, PLACES) == {}


def test_five_nights_in_another_order_give_the_same(
    one_night: Nights, scattered: list[Path], manifest: Manifest, tmp_path: Path
) -> None:
    other_order = _in_order((3, 1, 4, 2, 0), scattered, tmp_path, manifest)
    assert differences(one_night.warehouse, other_order.warehouse, PLACES) == {}


def test_a_full_refresh_gives_what_the_nights_gave(one_night: Nights, five_nights: Nights) -> None:
    five_nights.run(AS_OF, full_refresh=True)
    assert differences(one_night.warehouse, five_nights.warehouse, PLACES) == {}


def test_nights_as_time_goes_by_give_what_the_last_night_gives_alone(
    manifest: Manifest, tmp_path: Path
) -> None:
    """Each night speaks about its own evening, so time-outs and decay come due between them."""
    nightly = 5
    write_sample(
        SampleSpec(leads=200, out=tmp_path, activities_per_lead=60, dirt=0.5, nights=nightly)
    )
    growing = Nights(tmp_path / "growing", tmp_path / "nights", manifest)
    for number in range(1, nightly + 1):
        for file in (tmp_path / "raw").glob(f"*/*/*{number:04d}.csv"):
            target = growing.raw / file.relative_to(tmp_path / "raw")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
        growing.run((LAST_NIGHT - timedelta(days=nightly - number)).isoformat())
    at_once = Nights(tmp_path / "raw", tmp_path / "at_once", manifest)
    at_once.run(AS_OF)
    assert differences(at_once.warehouse, growing.warehouse, PLACES) == {}


def test_a_night_cut_short_leaves_the_next_one_right(
    one_night: Nights, scattered: list[Path], manifest: Manifest, tmp_path: Path
) -> None:
    nights = Nights(tmp_path / "raw", tmp_path / "home", manifest)
    add_night(scattered[0], nights.raw)
    nights.run(AS_OF)
    for number, last_part in ((1, 1), (2, 2), (3, 3)):
        add_night(scattered[number], nights.raw)
        nights.run(AS_OF, until=last_part)
    add_night(scattered[4], nights.raw)
    nights.run(AS_OF)
    assert differences(one_night.warehouse, nights.warehouse, PLACES) == {}
