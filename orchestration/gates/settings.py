"""Settings of the gates, from the vars of the dbt project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from orchestration.errors import LeadsError


@dataclass(frozen=True)
class GateSettings:
    """What people set about the gates.

    Attributes:
        block_on: Names or kinds of warnings that shall block.
        freshness_days: A connector without rows for longer than this is stale.
        earliest_date: Nothing can have occurred before this day.
        time_zone: The zone of calendar days.
    """

    block_on: tuple[str, ...] = ()
    freshness_days: int = 2
    earliest_date: date = date(1990, 1, 1)
    time_zone: str = "Asia/Tokyo"

    @classmethod
    def from_vars(cls, variables: Mapping[str, Any]) -> GateSettings:
        """Read `gates`, `earliest_date` and `time_zone`.

        Args:
            variables: The vars of `dbt_project.yml`.

        Raises:
            LeadsError: `gates` holds a key or a value that cannot be meant.
        """
        gates = dict(variables.get("gates") or {})
        block_on = gates.pop("block_on", None) or ()
        freshness_days = gates.pop("freshness_days", cls.freshness_days)
        earliest_date = variables.get("earliest_date", cls.earliest_date)
        if gates:
            raise _mistake(f"'{min(gates)}' is no setting of the gates")
        if isinstance(block_on, str) or not all(isinstance(entry, str) for entry in block_on):
            raise _mistake(f"block_on is '{block_on}' instead of a list of names")
        if type(freshness_days) is not int or freshness_days < 1:
            raise _mistake(f"freshness_days is '{freshness_days}' instead of a number of days")
        return cls(
            block_on=tuple(block_on),
            freshness_days=freshness_days,
            earliest_date=date.fromisoformat(str(earliest_date)),
            time_zone=str(variables.get("time_zone", cls.time_zone)),
        )


def _mistake(what: str) -> LeadsError:
    return LeadsError(
        what,
        where="dbt_project.yml, vars, gates",
        mend="write block_on as a list such as [freshness, volume] and freshness_days as a number",
    )
