"""Where real exports lie that no one here wrote, if they are there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orchestration.settings import PROJECT_ROOT


def connector_samples() -> Path:
    """Give the folder of the exports; without it the test says so, and in CI fails."""
    named = os.environ.get("LEADS_CONNECTOR_SAMPLES")
    folder = Path(named) if named else PROJECT_ROOT.parent / "shared/data/connector_samples"
    if not folder.is_dir():
        told = f"no exports in {folder}; LEADS_CONNECTOR_SAMPLES names another folder"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    return folder
