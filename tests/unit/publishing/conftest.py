"""A home with the small warehouse, and folders to write versions in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from small_marts import WAREHOUSE

from orchestration.publishing.files import MartFiles
from orchestration.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home, in a folder with a quote in its name, that holds the small warehouse."""
    home = tmp_path / "o'home"
    home.mkdir()
    settings = Settings(raw=tmp_path, home=home, as_of=datetime(2026, 6, 30, 15, tzinfo=UTC))
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute(WAREHOUSE)
    return settings


@pytest.fixture
def new_files(tmp_path: Path) -> Callable[[str], MartFiles]:
    """Makes an empty folder of a name to write marts in."""

    def make(name: str) -> MartFiles:
        folder = tmp_path / name
        folder.mkdir()
        return MartFiles(folder)

    return make
