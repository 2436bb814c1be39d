"""Half-lives and the criteria of MQL and SQL as values that are valid for a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

import pyarrow as pa

from orchestration.errors import LeadsError
from orchestration.lifecycle.days import DAY_US, add_months
from orchestration.lifecycle.tables import HALF_LIVES, MQL_CRITERIA, SQL_CRITERIA, conform
from orchestration.lifecycle.validity import Validity, read_validity


@dataclass(frozen=True)
class MqlCriteria:
    """One version of the MQL criteria; active_within in microseconds."""

    version: str
    threshold: float
    exit_threshold: float
    active_within: int


class Values(NamedTuple):
    """What is known of a lead; the deadline as a day number."""

    purchase_deadline: int | None = None
    buying_role: str | None = None
    is_budget_known: bool = False
    is_target_size: bool = False


@dataclass(frozen=True)
class SqlCriteria:
    """One version of the SQL criteria; asked_within in microseconds."""

    version: str
    max_months_ahead: int
    accepted_roles: frozenset[str]
    needs_any_of: frozenset[str]
    asked_within: int

    def failing(self, values: Values, day: int) -> frozenset[str]:
        """The attributes that do not meet the criteria on a day; none: the lead does.

        A deadline must lie between the day and the same day `max_months_ahead` calendar months
        ahead, both included. When none of `needs_any_of` is true, all of them fail.
        """
        failing = set()
        deadline = values.purchase_deadline
        if deadline is None or not day <= deadline <= add_months(day, self.max_months_ahead):
            failing.add("purchase_deadline")
        if values.buying_role not in self.accepted_roles:
            failing.add("buying_role")
        if not any(getattr(values, name) for name in self.needs_any_of):
            failing.update(self.needs_any_of)
        return frozenset(failing)


def read_half_lives(table: pa.Table) -> Validity[float]:
    """Read HALF_LIVES: days by day; on days without a row nothing decays.

    Raises:
        LeadsError: A half-life is not above 0, or two are valid at once.
    """

    def make(row: Mapping[str, Any]) -> float:
        days = float(row["half_life_days"])
        if not days > 0:
            raise LeadsError(
                f"half_life_days {days} is not above 0", where="half-lives", mend="90 is usual"
            )
        return days

    return read_validity(conform(table, HALF_LIVES, "half_lives"), make, inf, "half-lives")


def read_mql_criteria(table: pa.Table) -> Validity[MqlCriteria | None]:
    """Read MQL_CRITERIA by day; on days without a row no lead becomes MQL.

    Raises:
        LeadsError: An exit threshold lies above its threshold, or two versions are valid at once.
    """

    def make(row: Mapping[str, Any]) -> MqlCriteria:
        if row["exit_threshold"] > row["threshold"]:
            raise LeadsError(
                f"exit_threshold {row['exit_threshold']} is above threshold {row['threshold']}",
                where=f"MQL criteria {row['criteria_version']}",
                mend="a lead that just qualified must not be lost at once: lower it",
            )
        return MqlCriteria(
            version=row["criteria_version"],
            threshold=row["threshold"],
            exit_threshold=row["exit_threshold"],
            active_within=row["active_within_days"] * DAY_US,
        )

    return read_validity(conform(table, MQL_CRITERIA, "mql_criteria"), make, None, "MQL criteria")


def read_sql_criteria(table: pa.Table) -> Validity[SqlCriteria | None]:
    """Read SQL_CRITERIA by day; on days without a row a lead becomes SQL by hand only.

    Raises:
        LeadsError: Two versions are valid at once.
    """

    def make(row: Mapping[str, Any]) -> SqlCriteria:
        return SqlCriteria(
            version=row["criteria_version"],
            max_months_ahead=row["max_months_ahead"],
            accepted_roles=frozenset(row["accepted_roles"]),
            needs_any_of=frozenset(row["needs_any_of"]),
            asked_within=row["asked_within_days"] * DAY_US,
        )

    return read_validity(conform(table, SQL_CRITERIA, "sql_criteria"), make, None, "SQL criteria")
