"""The number of a build, and how much it looks at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from landing_site import Site

from orchestration.landing import project_fingerprint
from orchestration.landing.build import future_limit

MAY, JUNE, JULY = (datetime(2026, month, 1, tzinfo=UTC) for month in (5, 6, 7))


@pytest.fixture
def ready(site: Site) -> Site:
    site.write(
        "mail/click.csv", "id,clicked_at,_fivetran_synced\n1,2026-04-01,2026-04-02 10:00:00\n"
    )
    site.set(as_of=JUNE)
    return site


def build_row(site: Site) -> tuple[object, ...]:
    return site.query(
        """
        select build_id, as_of::varchar, completed_build_id, completed_as_of::varchar,
            is_full_refresh
        from control.build
        """
    )[0]


def test_the_first_build_is_a_full_refresh(ready: Site):
    build = ready.land().build
    assert build_row(ready) == (1, "2026-06-01 00:00:00", 0, None, True)
    assert (build.build_id, build.completed_build_id, build.is_full_refresh) == (1, 0, True)
    assert ready.query("select build_id, completed from control.builds") == [(1, False)]


def test_the_next_build_looks_at_what_came_after_the_completed_one(ready: Site):
    ready.land(complete=True)
    ready.set(as_of=JULY)
    ready.land()
    assert build_row(ready) == (2, "2026-07-01 00:00:00", 1, "2026-06-01 00:00:00", False)


def test_a_build_that_was_not_completed_is_forgotten(ready: Site):
    ready.land(complete=True)
    ready.land()
    ready.land()
    assert build_row(ready) == (3, "2026-06-01 00:00:00", 1, "2026-06-01 00:00:00", False)
    assert ready.query("select build_id, completed from control.builds order by 1") == [
        (1, True),
        (2, False),
        (3, False),
    ]


def test_the_same_moment_again_is_no_full_refresh(ready: Site):
    ready.land(complete=True)
    assert not ready.land().build.is_full_refresh


def test_a_moment_before_the_completed_one_is_a_full_refresh(ready: Site):
    ready.land(complete=True)
    ready.set(as_of=MAY)
    ready.land()
    assert build_row(ready) == (2, "2026-05-01 00:00:00", 0, None, True)


def test_a_full_refresh_that_was_not_completed_is_begun_again(ready: Site):
    ready.land(complete=True)
    ready.set(as_of=MAY)
    ready.land()
    ready.set(as_of=JULY)
    assert ready.land(complete=True).build.is_full_refresh
    assert not ready.land().build.is_full_refresh


def test_a_full_refresh_can_be_forced(ready: Site):
    ready.land(complete=True)
    assert ready.land(force_full_refresh=True).build.is_full_refresh


def test_a_changed_project_is_a_full_refresh(ready: Site):
    ready.land(complete=True)
    (ready.root / "seeds").mkdir()
    (ready.root / "seeds" / "rules.csv").write_text("a\n")
    assert ready.land(complete=True).build.is_full_refresh
    assert not ready.land().build.is_full_refresh


@pytest.mark.parametrize(
    "path",
    ["models/a.sql", "macros/b/c.sql", "seeds/d.csv", "dbt_project.yml", "orchestration/e/f.py"],
)
def test_the_fingerprint_follows_all_that_decides_a_result(tmp_path: Path, path: str):
    target = tmp_path / path
    target.parent.mkdir(parents=True, exist_ok=True)
    empty = project_fingerprint(tmp_path) if path != "dbt_project.yml" else ""
    target.write_text("one")
    (tmp_path / "dbt_project.yml").touch()
    one = project_fingerprint(tmp_path)
    assert one != empty
    assert one == project_fingerprint(tmp_path)
    target.write_text("two")
    assert project_fingerprint(tmp_path) != one


def test_the_fingerprint_leaves_out_what_decides_nothing(tmp_path: Path):
    (tmp_path / "dbt_project.yml").touch()
    before = project_fingerprint(tmp_path)
    for path in ("README.md", "orchestration/__pycache__/a.pyc", "models/.DS_Store", "tests/t.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    assert project_fingerprint(tmp_path) == before


def test_the_newest_row_of_all_nights_limits_the_future(ready: Site):
    ready.land()
    ready.write("mail/click/2.csv", "id,clicked_at,_fivetran_synced\n2,2026-04-01,2026-03-01\n")
    ready.land()
    assert ready.query(
        "select newest_synced_at::varchar, future_limit::varchar from control.build"
    ) == [("2026-04-02 10:00:00", "2026-04-04 10:00:00")]


def test_without_any_synchronisation_the_moment_of_the_build_limits_the_future(site: Site):
    site.write("mail/click.csv", "id,clicked_at\n1,2026-04-01\n")
    site.set(as_of=JUNE)
    site.land()
    assert site.query("select newest_synced_at, future_limit::varchar from control.build") == [
        (None, "2026-06-03 00:00:00")
    ]


def test_the_limit_is_two_days_of_24_hours_ahead():
    newest = datetime(2026, 2, 28, 12, tzinfo=UTC)
    assert future_limit(JUNE, newest) == datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_row_synchronised_at_the_end_of_all_days_ends_no_night(site: Site):
    site.write(
        "mail/click.csv", "id,clicked_at,_fivetran_synced\n1,2026-04-01,9999-12-31 23:59:59\n"
    )
    site.land()
    assert site.query("select future_limit::varchar from control.build") == [
        ("9999-12-31 23:59:59.999999",)
    ]
