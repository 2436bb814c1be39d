"""The project as dbt reads it, once for all nights of a process."""

from __future__ import annotations

import pytest
from dbt.contracts.graph.manifest import Manifest

from tests.support.nights import Nights


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """The parsed project."""
    folder = tmp_path_factory.mktemp("parsed")
    parsed = Nights(folder, folder).dbt("parse")
    assert isinstance(parsed, Manifest)
    return parsed
