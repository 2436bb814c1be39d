"""What people set about the gates."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.errors import LeadsError
from orchestration.gates.settings import GateSettings


def test_without_vars_nothing_unusual_blocks():
    assert GateSettings.from_vars({}) == GateSettings(
        block_on=(),
        freshness_days=2,
        earliest_date=date(1990, 1, 1),
        time_zone="Asia/Tokyo",
    )
    assert GateSettings.from_vars({"gates": {"block_on": []}}) == GateSettings()


def test_vars_are_read():
    variables = {
        "gates": {"block_on": ["freshness", "few_rows_are_refused"], "freshness_days": 8},
        "earliest_date": "2000-04-01",
        "time_zone": "Europe/Berlin",
        "as_of": "",
    }
    assert GateSettings.from_vars(variables) == GateSettings(
        block_on=("freshness", "few_rows_are_refused"),
        freshness_days=8,
        earliest_date=date(2000, 4, 1),
        time_zone="Europe/Berlin",
    )


@pytest.mark.parametrize(
    ("gates", "what"),
    [
        ({"block": ["volume"]}, "'block' is no setting of the gates"),
        ({"block_on": "volume"}, "block_on is 'volume' instead of a list of names"),
        ({"block_on": [1]}, "block_on is '[1]' instead of a list of names"),
        ({"freshness_days": 0}, "freshness_days is '0' instead of a number of days"),
        ({"freshness_days": "two"}, "freshness_days is 'two' instead of a number of days"),
        ({"freshness_days": True}, "freshness_days is 'True' instead of a number of days"),
    ],
)
def test_a_setting_that_cannot_be_meant_says_how_to_mend_it(gates: dict, what: str):
    with pytest.raises(LeadsError) as raised:
        GateSettings.from_vars({"gates": gates})
    assert raised.value.what == what
    assert raised.value.where == "dbt_project.yml, vars, gates"
    assert "[freshness, volume]" in raised.value.mend
