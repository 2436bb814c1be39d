"""Versions: one rename lets readers have a new one, and nothing a kill leaves is ever read."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import LeadsError
from orchestration.publishing.versions import Versions

AS_OF = datetime(2026, 6, 30, 15)  # noqa: DTZ001


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "published")


def publish(versions: Versions, build_id: int, content: int = 0) -> Path:
    folder = versions.begin(build_id, AS_OF)
    with duckdb.connect(str(folder / "marts.duckdb")) as connection:
        connection.execute(f"create table t as select {content} as content")
    (folder / "manifest.json").write_text("{}")
    # File systems with coarse clocks must not blur which came first.
    os.utime(folder / "manifest.json", ns=(build_id * 10**9, build_id * 10**9))
    version = versions.finish(folder)
    versions.switch(version)
    return version


def names(versions: Versions) -> list[str]:
    return [version.name for version in versions.finished()]


def test_a_version_is_named_by_build_and_as_of(versions: Versions) -> None:
    assert publish(versions, 12).name == "000012-20260630T150000Z"
    assert versions.current().name == "000012-20260630T150000Z"


def test_before_the_first_night_a_reader_is_told_what_to_do(versions: Versions) -> None:
    with pytest.raises(LeadsError, match=r"nothing has been published yet .*make nightly"):
        versions.current()


def test_current_is_a_relative_link_so_that_the_home_can_be_moved(versions: Versions) -> None:
    publish(versions, 1)

    moved = versions.folder.rename(versions.folder.parent / "elsewhere")

    assert Versions(moved).current().name.startswith("000001")


def test_a_reader_of_the_old_version_goes_on_reading_it(versions: Versions) -> None:
    publish(versions, 1, content=1)
    path = str(versions.current_link / "marts.duckdb")
    with duckdb.connect(path, read_only=True) as reader:
        publish(versions, 2, content=2)
        versions.prune(keep=1)

        assert names(versions) == ["000002-20260630T150000Z"]
        assert reader.execute("select content from t").fetchall() == [(1,)]
    with duckdb.connect(path, read_only=True) as reader:
        assert reader.execute("select content from t").fetchall() == [(2,)]


def test_a_killed_run_leaves_what_was_published_and_its_leftover_goes(versions: Versions) -> None:
    first = publish(versions, 1)
    leftover = versions.begin(2, AS_OF)
    (leftover / "marts.duckdb").write_bytes(b"half")

    assert versions.current() == first
    assert names(versions) == [first.name]

    publish(versions, 3)
    assert not leftover.exists()


def test_a_kill_between_naming_and_switching_leaves_the_old_version_current(
    versions: Versions,
) -> None:
    first = publish(versions, 1)
    folder = versions.begin(2, AS_OF)
    (folder / "manifest.json").write_text("{}")
    versions.finish(folder)

    assert versions.current() == first


def test_a_kill_while_the_link_was_made_does_not_hinder_the_next_switch(versions: Versions) -> None:
    publish(versions, 1)
    (versions.folder / ".current-fresh").symlink_to("versions/nowhere")

    publish(versions, 2)

    assert versions.current().name.startswith("000002")


def test_a_name_that_is_taken_gets_a_number_behind(versions: Versions) -> None:
    first, second, third = (publish(versions, 1) for _ in range(3))

    assert first.exists()
    assert (second.name, third.name) == (f"{first.name}-2", f"{first.name}-3")


@pytest.mark.parametrize(
    ("keep", "left"), [(1, [4]), (2, [3, 4]), (4, [1, 2, 3, 4]), (9, [1, 2, 3, 4])]
)
def test_the_newest_versions_are_kept(versions: Versions, keep: int, left: list[int]) -> None:
    for build_id in (1, 2, 3, 4):
        publish(versions, build_id)

    versions.prune(keep)

    assert [int(name[:6]) for name in names(versions)] == left


def test_the_current_version_is_never_removed(versions: Versions) -> None:
    for build_id in (1, 2, 3):
        publish(versions, build_id)
    versions.roll_back()
    versions.roll_back()

    versions.prune(keep=1)

    assert [int(name[:6]) for name in names(versions)] == [1, 3]


def test_rolling_back_goes_one_version_back_each_time_until_the_oldest(versions: Versions) -> None:
    first, second, _ = (publish(versions, build_id) for build_id in (1, 2, 3))

    assert versions.roll_back() == second
    assert versions.roll_back() == first
    assert versions.current() == first
    with pytest.raises(LeadsError, match=r"000001.* is the oldest version that is kept"):
        versions.roll_back()
    assert versions.current() == first


def test_a_warehouse_begun_anew_publishes_after_the_old_versions(versions: Versions) -> None:
    publish(versions, 8)
    folder = versions.begin(1, AS_OF)
    (folder / "manifest.json").write_text("{}")
    versions.switch(versions.finish(folder))

    assert [int(name[:6]) for name in names(versions)] == [8, 1]
    assert versions.roll_back().name.startswith("000008")
