"""Only one night at a time in a home, and its settings hold for all steps."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.night import Night, only_night
from orchestration.errors import LeadsError
from orchestration.settings import PROJECT_ROOT

HOLDER = """
import sys, time
from pathlib import Path
from orchestration.defs.night import only_night
with only_night(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_night_is_refused_and_names_the_first(tmp_path: Path) -> None:
    with (
        only_night(tmp_path),
        pytest.raises(LeadsError, match=rf"another night is under way, in process {os.getpid()} "),
        only_night(tmp_path),
    ):
        pass


def test_the_next_night_may_begin_when_one_ended(tmp_path: Path) -> None:
    for _ in range(2):
        with only_night(tmp_path):
            pass


def test_homes_do_not_hinder_each_other(tmp_path: Path) -> None:
    with only_night(tmp_path / "a"), only_night(tmp_path / "b"):
        pass


def test_a_night_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, cwd=PROJECT_ROOT
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(LeadsError, match=f"process {holder.pid}"), only_night(tmp_path):
        pass

    holder.send_signal(signal.SIGKILL)
    holder.wait()

    with only_night(tmp_path):
        pass


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with (
        pytest.raises(LeadsError, match="the folder cannot be written"),
        only_night(tmp_path / "file" / "home"),
    ):
        pass


def test_all_steps_of_a_run_share_one_moment_and_one_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADS_HOME", str(tmp_path))
    monkeypatch.setenv("LEADS_AS_OF", "")
    seen = []

    @dg.op
    def look(night: Night) -> None:
        seen.append((night.settings.as_of, night.settings.home, os.environ["LEADS_HOME"]))

    @dg.job(resource_defs={"night": Night()}, executor_def=dg.in_process_executor)
    def looks() -> None:
        look.alias("first")()
        look.alias("second")()

    assert looks.execute_in_process().success
    assert seen[0] == seen[1]
    assert seen[0][1:] == (tmp_path, str(tmp_path))
