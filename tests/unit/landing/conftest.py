"""A small project, made anew for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from landing_site import Site, new_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return new_site(tmp_path)
