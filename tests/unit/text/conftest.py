"""The shipped text rules, read once."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from orchestration.rules.seeds import read_seed
from orchestration.settings import PROJECT_ROOT
from orchestration.text.normalise import TextRules


@pytest.fixture(scope="session")
def shipped() -> TextRules:
    return TextRules.from_seeds(partial(read_seed, PROJECT_ROOT), date(2026, 6, 30))
