"""The numbers of matching are whole before anything is built."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.errors import LeadsError
from orchestration.rules.seeds import validate_seeds
from orchestration.settings import PROJECT_ROOT


@pytest.mark.parametrize(
    ("seed", "old", "new", "what"),
    [
        ("match_weights", "v1,phone,one_digit_off,", "v1,phone,close,", "no level 'close'"),
        ("match_weights", "v1,title,same,", "v2,title,same,", "'v1' has no weight for the level"),
        ("match_weights", "v1,title,same,0.85", "v1,title,same,0", "0.0 is out of bounds"),
        ("match_settings", "0.99,0.5,", "0.4,0.5,", "0.4 is out of bounds"),
        ("match_settings", "0.99,0.5,", "0.6,0.7,", "too improbable to be listed"),
        ("match_settings", "person,v1,", "person,v3,", "'v3' is unknown"),
        ("match_settings", ",50,", ",-1,", "-1 is out of bounds"),
    ],
)
def test_a_number_that_cannot_be_meant_is_named(
    seed: str, old: str, new: str, what: str, tmp_path: Path
):
    folder = tmp_path / "seeds" / "identity"
    shutil.copytree(PROJECT_ROOT / "seeds" / "identity", folder)
    path = folder / f"{seed}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(LeadsError) as told:
        validate_seeds(tmp_path)
    assert what in str(told.value)
    assert f"seeds/identity/{seed}.csv" in str(told.value)
