"""A small project whose seeds the tests spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def spoil(tmp_path: Path) -> Callable[..., Path]:
    """Copy the project; append rows to `score_rules`, replace a text in one of its files."""

    def copy(*rows: str, file: str = "score_rules.csv", old: str = "", new: str = "") -> Path:
        shutil.copytree(Path(__file__).with_name("project"), tmp_path, dirs_exist_ok=True)
        folder = tmp_path / "seeds" / "scoring"
        with (folder / "score_rules.csv").open("a", encoding="utf-8") as rules:
            rules.writelines(f"{row}\n" for row in rows)
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return copy
