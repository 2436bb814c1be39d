"""Commands: one line for what a person can mend, and nothing of libraries on the terminal."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import duckdb
import pytest

from orchestration import cli, nightly
from orchestration.errors import LeadsError
from orchestration.settings import PROJECT_ROOT, Settings

FIRST = LeadsError("first", where="here", mend="so")
SECOND = LeadsError("second", where="there", mend="otherwise")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "orchestration", *arguments],
        cwd=PROJECT_ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_mistake_ends_as_one_line_and_exit_code_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def mistaken(settings: Settings) -> None:
        raise FIRST

    monkeypatch.setitem(cli.COMMANDS, "nightly", mistaken)

    assert cli.main(["nightly"]) == 1
    assert capsys.readouterr().err == "error: first | where: here | mend: so\n"


@pytest.mark.parametrize(
    ("command", "variable", "value"),
    [
        ("nightly", "LEADS_AS_OF", "yesterday"),
        ("nightly", "LEADS_TARGET", "oracle"),
        ("nightly", "LEADS_HOME", "/proc/home"),
        ("demo", "LEADS_HOME", "/proc/home"),
        ("rollback", "LEADS_HOME", "/nowhere"),
        ("report", "LEADS_HOME", "/nowhere"),
        ("docs", "LEADS_HOME", "/nowhere"),
    ],
)
def test_a_wrong_setting_is_one_line_that_says_where(
    command: str, variable: str, value: str
) -> None:
    ended = run(command, **{variable: value})

    assert ended.returncode == 1
    assert ended.stderr.startswith("error: ")
    assert ended.stderr.count("\n") == 1
    assert value.removesuffix("/home") in ended.stderr
    assert " | where: " in ended.stderr
    assert " | mend: " in ended.stderr


def test_the_demo_keeps_out_of_a_home_with_rows_of_its_own(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        connection.execute("create schema control; create table control.landed_files as select 1")

    ended = run("demo", LEADS_HOME=str(tmp_path))

    assert ended.returncode == 1
    assert "which the sample's would mix with" in ended.stderr
    assert not (tmp_path / "sample").exists()


def test_lines_for_people_are_shown_and_of_failures_the_first_is_kept() -> None:
    terminal = StringIO()
    teller = nightly._Teller(terminal)
    for level, text, arguments in (
        (logging.INFO, "landed %s rows", (3,)),
        (logging.ERROR, "%s", (FIRST,)),
        (logging.ERROR, "%s", (SECOND,)),
    ):
        teller.handle(logging.LogRecord("leads", level, "", 0, text, arguments, None))

    assert terminal.getvalue() == "landed 3 rows\n"
    assert teller.failure is FIRST


def test_whatever_is_printed_goes_into_the_log_and_only_lines_for_people_to_the_terminal(
    tmp_path: Path,
) -> None:
    code = f"""
import os, sys
from pathlib import Path
from orchestration.nightly import printing_into
with printing_into(Path({str(tmp_path / "night.log")!r})) as terminal:
    print("of a library")
    print("of a library", file=sys.stderr)
    os.system("echo of another process")
    print("for people", file=terminal)
print("afterwards")
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )

    assert ended.stdout == "for people\nafterwards\n"
    assert ended.stderr == ""
    assert (tmp_path / "night.log").read_text().count("of a") == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "no moment is named | where: --as-of"),
        (("--as-of", "last month"), "'last month' is not a moment in ISO 8601 | where: --as-of"),
        (
            ("--as-of", "2026-03-31", "--rules-of", "tomorrow"),
            "'tomorrow' names no rules | where: --rules-of",
        ),
    ],
)
def test_a_replay_that_cannot_be_meant_is_one_line(
    arguments: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["replay", *arguments]) == 1
    assert capsys.readouterr().err.startswith(f"error: {told} | mend: ")
