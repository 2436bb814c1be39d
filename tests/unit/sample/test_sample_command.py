"""The command line: what it prints, and how it refuses."""

from pathlib import Path

import pytest

from sample.cli import main


def test_it_prints_rows_and_the_as_of_moment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--leads", "200", "--activities-per-lead", "10", "--out", str(tmp_path)]
    assert main([*arguments, "--end", "2026-03-31", "--connectors", "salesforce"]) == 0
    printed = capsys.readouterr().out
    assert "as-of 2026-03-31T15:00:00Z" in printed
    assert "salesforce/lead" in printed
    assert "marketo" not in printed


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (["--leads", "5"], "--leads"),
        (["--leads", "2000001"], "--leads"),
        (["--leads", "300", "--format", "xlsx"], "--format"),
        (["--leads", "300", "--connectors", "salesforce,sugar"], "--connectors"),
        (["--leads", "300", "--connectors", ","], "--connectors"),
        (["--leads", "300", "--dirt", "2"], "--dirt"),
        (["--leads", "300", "--nights", "800"], "--nights"),
        (["--leads", "300", "--end", "1990-01-01"], "--end"),
    ],
)
def test_a_bad_setting_gives_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], where: str
) -> None:
    assert main([*arguments, "--out", str(tmp_path / "none")]) == 2
    error = capsys.readouterr().err.strip()
    assert len(error.splitlines()) == 1
    assert f"where: {where} | mend: " in error
    assert not (tmp_path / "none").exists()


def test_a_word_where_a_number_belongs_gives_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--leads", "many", "--out", str(tmp_path)])
    assert refused.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert main(["--leads", "200", "--out", str(blocked)]) == 2
    assert str(blocked) in capsys.readouterr().err


def test_only_an_earlier_sample_is_removed_from_the_folder(tmp_path: Path) -> None:
    kept = tmp_path / "notes.txt"
    kept.write_text("mine")
    stale = tmp_path / "raw" / "hubspot" / "contact.csv"
    stale.parent.mkdir(parents=True)
    stale.write_text("id\n1\n")
    arguments = ["--leads", "200", "--activities-per-lead", "10", "--out", str(tmp_path)]
    assert main([*arguments, "--connectors", "salesforce"]) == 0
    assert kept.read_text() == "mine"
    assert not stale.exists()
