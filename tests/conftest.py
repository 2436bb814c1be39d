"""The project as dbt reads it, once for all nights of a process, and who shares a process."""

from __future__ import annotations

from pathlib import Path

import pytest
from dbt.contracts.graph.manifest import Manifest

from tests.support.nights import Nights

TESTS = Path(__file__).parent
# Files whose tests share what takes long to make: a first night, the golden organisation.
COMPANIONS = {
    "integration/test_nightly_command.py": "a night's home",
    "integration/test_bad_nights.py": "a night's home",
    "golden/test_lifecycles.py": "golden",
    "golden/test_records.py": "golden",
    "golden/test_scores.py": "golden",
}


# Before xdist looks at the groups.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file, and of files that share, in one process."""
    for item in items:
        file = item.path.relative_to(TESTS).as_posix()
        item.add_marker(pytest.mark.xdist_group(COMPANIONS.get(file, file)))


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """The parsed project."""
    folder = tmp_path_factory.mktemp("parsed")
    parsed = Nights(folder, folder).dbt("parse")
    assert isinstance(parsed, Manifest)
    return parsed
