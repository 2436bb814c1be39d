"""One small sample organisation for all tests of the package, written once."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from sample import SampleReport, SampleSpec, write_sample
from sample.world.build import Frame, World, make_frame, make_world

LEADS, PER_LEAD = 300, 40


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> SampleReport:
    """The sample with one CSV file per table."""
    out = tmp_path_factory.mktemp("small")
    return write_sample(SampleSpec(leads=LEADS, activities_per_lead=PER_LEAD, out=out))


@pytest.fixture(scope="session")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Frame:
    """What a bigger world, never written, is made from."""
    return make_frame(SampleSpec(leads=15_000, out=tmp_path_factory.mktemp("none")))


@pytest.fixture(scope="session")
def world(frame: Frame) -> World:
    """A world big enough for shares to be stable."""
    return make_world(frame, 0)


@pytest.fixture(scope="session")
def query(small: SampleReport) -> Callable[..., list[tuple[object, ...]]]:
    """Run SQL in which ``{connector.table}`` and ``{truth.table}`` stand for the small sample."""
    return query_of(small.out)


def query_of(out: Path) -> Callable[..., list[tuple[object, ...]]]:
    """Return what runs SQL over the sample in a folder."""
    connection = duckdb.connect()

    def run(sql: str) -> list[tuple[object, ...]]:
        for name in {part.split("}")[0] for part in sql.split("{")[1:]}:
            sql = sql.replace("{" + name + "}", _relation(out, *name.split(".")))
        return connection.execute(sql).fetchall()

    return run


def _relation(out: Path, schema: str, table: str) -> str:
    """Return the reader of one table; rows without a key and broken lines are left out."""
    if schema == "truth":
        return f"read_parquet('{out}/truth/{table}.parquet')"
    path = out / "raw" / schema / f"{table}.csv"
    with path.open(encoding="utf-8-sig") as file:
        columns = file.readline().strip().split(",")
    options = "header = true, all_varchar = true, ignore_errors = true"
    condition = "id is not null" if "id" in columns else "true"
    return f"(select * from read_csv('{path}', {options}) where {condition})"
