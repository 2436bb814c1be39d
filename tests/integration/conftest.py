"""What takes long and is shared: a first night."""

from __future__ import annotations

import pytest

from sample import SampleSpec, write_sample
from tests.support.home import Home


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, str]:
    """A home after its first night, and what that night said."""
    folder = tmp_path_factory.mktemp("nightly")
    made = write_sample(SampleSpec(leads=200, out=folder, activities_per_lead=30))
    home = Home(folder / "raw", folder / "home", made.as_of)
    code, out, err = home.run()
    assert (code, err) == (0, ""), err
    return home, out


@pytest.fixture
def home(night: tuple[Home, str]) -> Home:
    return night[0]
