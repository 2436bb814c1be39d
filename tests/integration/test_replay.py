"""A replay says what a night of that day would have said, and leaves all else as it is."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from dbt.contracts.graph.manifest import Manifest

from orchestration.errors import LeadsError
from orchestration.replaying.replay import replay
from orchestration.settings import Settings
from sample import SampleSpec, write_sample
from tests.support.nights import Nights

TODAY = datetime(2026, 6, 30, 15, tzinfo=UTC)
THEN = datetime(2026, 3, 31, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory, manifest: Manifest) -> Nights:
    """A home after a night of today."""
    folder = tmp_path_factory.mktemp("replayed")
    write_sample(SampleSpec(leads=200, out=folder, activities_per_lead=40, dirt=0.3))
    nights = Nights(folder / "raw", folder / "home", manifest)
    nights.run(TODAY.isoformat())
    return nights


def settings_of(nights: Nights) -> Settings:
    return Settings(raw=nights.raw, home=nights.home, as_of=TODAY)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_replay_equals_a_night_of_that_day_and_touches_nothing(
    nights: Nights, manifest: Manifest, tmp_path: Path
):
    before = digest(nights.warehouse), sorted(nights.home.iterdir())
    replayed = replay(settings_of(nights), THEN, "that-day")
    by_todays_rules = replay(settings_of(nights), THEN, "today")

    assert digest(nights.warehouse) == before[0]
    assert {path.name for path in set(nights.home.iterdir()) - set(before[1])} == {
        "night.lock",
        "replays",
        *({"logs"} - {path.name for path in before[1]}),
    }
    that_night = Nights(nights.raw, tmp_path / "home", manifest)
    that_night.run(THEN.isoformat())
    with duckdb.connect(str(that_night.warehouse), read_only=True) as connection:
        for path in (replayed.path, by_todays_rules.path):
            for one, other in (
                ("main.lead_scores", f"'{path}'"),
                (f"'{path}'", "main.lead_scores"),
            ):
                differing = connection.execute(f"from {one} except all from {other}").fetchall()
                # Rules have no second version as shipped, so that today's are those of that day.
                assert differing == []
        counted = connection.execute("select count(*) from main.lead_scores").fetchone()
    assert counted == (replayed.leads,)
    assert sum(replayed.bands.values()) == replayed.leads > 100


def test_a_moment_after_the_last_night_is_refused(nights: Nights):
    with pytest.raises(LeadsError, match="lies after the last night") as told:
        replay(settings_of(nights), TODAY.replace(year=2027), "that-day")
    assert told.value.where == "--as-of"


def test_a_home_without_rows_is_told(tmp_path: Path):
    with pytest.raises(LeadsError, match="nothing has landed"):
        replay(Settings(raw=tmp_path, home=tmp_path / "home", as_of=TODAY), THEN, "that-day")
