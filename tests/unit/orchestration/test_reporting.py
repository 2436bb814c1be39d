"""A step tells people what it did, and fails in the way that fits what went wrong."""

from __future__ import annotations

import logging

import dagster as dg
import duckdb
import pytest

from orchestration.defs.reporting import step
from orchestration.errors import LeadsError

MISTAKE = LeadsError("the file is empty", where="raw/lead.csv", mend="export it again")


def test_what_a_step_did_is_told_with_its_seconds(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "leads"), step() as doing:
        doing.done = "landed 3 rows"

    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("landed 3 rows in 0.")
    assert caplog.messages[0].endswith(" s")


def test_a_step_with_nothing_to_tell_is_silent(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "leads"), step():
        pass

    assert caplog.messages == []


def test_what_a_person_must_mend_is_told_and_not_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(dg.Failure) as caught, step():
        raise MISTAKE

    assert caught.value.allow_retries is False
    assert caught.value.description == str(MISTAKE)
    assert [record.args for record in caplog.records] == [(MISTAKE,)]


@pytest.mark.parametrize("trouble", [OSError("disk"), duckdb.IOException("disk")])
def test_what_the_disk_did_is_tried_once_more(trouble: Exception) -> None:
    with pytest.raises(dg.RetryRequested) as caught, step():
        raise trouble

    assert caught.value.max_retries == 1
    assert caught.value.__cause__ is trouble


def test_a_bug_stays_what_it_is() -> None:
    with pytest.raises(ZeroDivisionError), step():
        raise ZeroDivisionError
