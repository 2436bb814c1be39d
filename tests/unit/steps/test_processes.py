"""Work in several processes gives what one process gives, in its order, and tells what broke."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial

import pytest

from orchestration.errors import LeadsError
from orchestration.steps import processes
from orchestration.steps.processes import in_processes


def seen_by(number: int, *, factor: int) -> tuple[int, int]:
    return number * factor, os.getpid()


def refuse(number: int) -> int:
    if number == 2:
        raise LeadsError(f"{number} is no lead", where="leads", mend="take another")
    return number


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_results_come_in_the_order_of_the_arguments_and_from_elsewhere() -> None:
    found = list(in_processes(partial(seen_by, factor=3), range(7), 7))

    assert [number for number, _ in found] == [0, 3, 6, 9, 12, 15, 18]
    assert os.getpid() not in {process for _, process in found}


def test_one_part_alone_is_computed_here() -> None:
    assert list(in_processes(partial(seen_by, factor=3), [5], 1)) == [(15, os.getpid())]


def test_arguments_are_read_only_as_processes_become_free() -> None:
    read = []

    def arguments() -> Iterator[int]:
        for number in range(10):
            read.append(number)
            yield number

    results = in_processes(partial(seen_by, factor=1), arguments(), 10)
    next(results)

    # Two are computed, one waits for them.
    assert len(read) == 1 + 2
    results.close()


def test_what_a_person_can_mend_is_told_as_it_was_raised() -> None:
    with pytest.raises(LeadsError) as told:
        list(in_processes(refuse, range(4), 4))

    assert str(told.value) == "2 is no lead | where: leads | mend: take another"
    assert told.value.mend == "take another"


def test_there_are_never_more_processes_than_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    found = in_processes(partial(seen_by, factor=1), range(8), 8)
    assert len({process for _, process in found}) <= processes.MOST_PROCESSES
