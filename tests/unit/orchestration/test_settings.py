"""Settings: what may be meant is taken, anything else is told in one line."""

from __future__ import annotations

import pytest

from orchestration.errors import LeadsError
from orchestration.settings import MOST_MEMORY_MB, Settings


@pytest.mark.parametrize("memory", ["4GB", "800MB", "1.5GiB", "1tb"])
def test_an_amount_of_memory_is_taken_as_it_is(memory: str) -> None:
    assert Settings.from_environment({"LEADS_MEMORY": memory}).memory == memory


@pytest.mark.parametrize("memory", ["lots", "4", "50%", "-1GB", "4GB'; drop table t"])
def test_what_is_no_amount_of_memory_is_told(memory: str) -> None:
    with pytest.raises(LeadsError, match="is no amount of memory") as raised:
        Settings.from_environment({"LEADS_MEMORY": memory})
    assert raised.value.where == "LEADS_MEMORY"


@pytest.mark.parametrize(
    ("machine_gb", "memory"),
    # Half of 4 and of 8 GB; of 24 GB the bound, 6,000 MB.
    [(4, "2000MB"), (8, "4000MB"), (24, f"{MOST_MEMORY_MB}MB")],
)
def test_by_default_the_engine_may_use_half_of_the_machine_within_a_bound(
    machine_gb: int, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = {"SC_PAGE_SIZE": 1_000, "SC_PHYS_PAGES": machine_gb * 10**6}
    monkeypatch.setattr("os.sysconf", machine.__getitem__)

    assert Settings.from_environment({}).memory == memory
