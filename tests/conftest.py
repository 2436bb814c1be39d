"""The project as dbt reads it, once for all nights of a process, and who shares a process."""

from __future__ import annotations

import pytest
from dbt.contracts.graph.manifest import Manifest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests.support.nights import Nights

# Files whose tests share what takes long to make: a first night, the golden organisation.
COMPANIONS = {
    "tests/integration/test_nightly_command.py": "a night's home",
    "tests/integration/test_bad_nights.py": "a night's home",
    "tests/golden/test_lifecycles.py": "golden",
    "tests/golden/test_records.py": "golden",
    "tests/golden/test_scores.py": "golden",
}


class ByCompanions(LoadFileScheduling):  # type: ignore[misc]
    """Keeps the tests of a file, and of files that share, in one process."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return COMPANIONS.get(file, file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByCompanions:
    """Who runs which test, where several processes run them."""
    return ByCompanions(config, log)


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """The parsed project."""
    folder = tmp_path_factory.mktemp("parsed")
    parsed = Nights(folder, folder).dbt("parse")
    assert isinstance(parsed, Manifest)
    return parsed
