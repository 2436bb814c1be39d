"""The organisation, one night for each mix of tools."""

from __future__ import annotations

import pytest
from dbt.contracts.graph.manifest import Manifest

from tests.golden.organisation import SHAPES, Organisation


@pytest.fixture(scope="session", params=SHAPES)
def organisation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, manifest: Manifest
) -> Organisation:
    return Organisation(request.param, tmp_path_factory.mktemp(request.param), manifest)
