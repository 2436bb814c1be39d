"""From what a check found to whether the night may go on. Pure: no engine, no warehouse."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from orchestration.errors import LeadsError

KINDS = ("freshness", "volume", "drift", "distribution")
# Of what a check found so much is told in a line; `details` has it all.
TOLD = 3
TOLD_LENGTH = 60
Severity = Literal["error", "warn"]


@dataclass(frozen=True)
class Finding:
    """One check, as the engine left it.

    Attributes:
        dataset: `<schema>.<table>`.
        name: What should hold.
        kind: The kind of a warning, one of `KINDS`; None for what is wrong in any case.
        why: What would go wrong downstream.
        mend: What to do when it fails.
        success: Whether it holds.
        result: Counts, a value, or under `details.rows` the rows that should not be there.
        exceptions: Messages of what broke while the check ran.
    """

    dataset: str
    name: str
    kind: str | None
    why: str
    mend: str
    success: bool
    result: Mapping[str, Any] = field(default_factory=dict)
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckResult:
    """One row of `control.check_results`: one check on one dataset in one build.

    Attributes:
        build_id: The build that was checked.
        gate: The gate the check belongs to.
        dataset: `<schema>.<table>`.
        check_name: What should hold.
        severity: `error` blocks when the check fails, `warn` does not.
        success: Whether it holds.
        observed: What was seen, in a few words.
        details: JSON: `why` the check is there and, if it fails, `mend` and what was `found`.
    """

    build_id: int
    gate: str
    dataset: str
    check_name: str
    severity: Severity
    success: bool
    observed: str
    details: str

    @property
    def blocks(self) -> bool:
        """Whether the night must not go on."""
        return self.severity == "error" and not self.success


@dataclass(frozen=True)
class GateResult:
    """All checks of one gate in one build, by dataset and name."""

    build_id: int
    gate: str
    checks: tuple[CheckResult, ...]

    @property
    def blocking(self) -> tuple[CheckResult, ...]:
        """The failed checks that block."""
        return tuple(check for check in self.checks if check.blocks)

    @property
    def warnings(self) -> tuple[CheckResult, ...]:
        """The failed checks that do not block."""
        return tuple(check for check in self.checks if not check.success and not check.blocks)

    def error(self) -> LeadsError | None:
        """Tell a person what blocks; None if nothing does."""
        if not self.blocking:
            return None
        failures = (
            f"{check.dataset} {check.check_name} ({check.observed})" for check in self.blocking
        )
        return LeadsError(
            f"the {self.gate} gate is closed: {'; '.join(failures)}",
            where=f"control.check_results of build {self.build_id}",
            mend=json.loads(self.blocking[0].details)["mend"],
        )


def judge(finding: Finding, *, build_id: int, gate: str, block_on: Collection[str]) -> CheckResult:
    """Turn a finding into a row of results. What could not be checked does not hold.

    Args:
        finding: What the engine left.
        build_id: The build that was checked.
        gate: The gate the check belongs to.
        block_on: Names and kinds of warnings that the settings let block.
    """
    is_error = finding.kind is None or finding.kind in block_on or finding.name in block_on
    success = finding.success and not finding.exceptions
    told: dict[str, Any] = {"why": finding.why}
    if not success:
        told |= {"mend": finding.mend, "found": finding.exceptions or _found(finding.result)}
    return CheckResult(
        build_id=build_id,
        gate=gate,
        dataset=finding.dataset,
        check_name=finding.name,
        severity="error" if is_error else "warn",
        success=success,
        observed=_observed(finding),
        details=json.dumps(told, ensure_ascii=False, default=_plain),
    )


def _observed(finding: Finding) -> str:
    result = finding.result
    if finding.exceptions:
        return "could not be checked"
    if "unexpected_count" in result:
        # An empty table has no count.
        rows = f"{result['unexpected_count'] or 0:,} of {result['element_count']:,} rows"
        return rows + _first_of(_found(result))
    if "observed_value" in result:
        return str(result["observed_value"])
    found = _found(result)
    return f"{len(found):,} found" + _first_of(found)


def _first_of(found: list[Any]) -> str:
    """Name the first of what was found, each cut to a few words."""
    if not found or found == [None]:
        return ""
    names = [_name(one) for one in found[:TOLD]]
    names = [name if len(name) <= TOLD_LENGTH else f"{name[: TOLD_LENGTH - 1]}…" for name in names]
    more = len(found) - len(names)
    return ": " + "; ".join([*names, *([f"and {more:,} more"] if more else [])])


def _name(one: object) -> str:
    """A row by its words, and its numbers with what they count."""
    if not isinstance(one, Mapping):
        return str(one)
    return " ".join(
        value if isinstance(value, str) else f"{column} {value}" for column, value in one.items()
    )


def _found(result: Mapping[str, Any]) -> list[Any]:
    if "rows" in result.get("details", {}):
        return list(result["details"]["rows"])
    if "partial_unexpected_counts" in result:
        values = [entry["value"] for entry in result["partial_unexpected_counts"]]
        return [value for value in values if value is not None]
    return [result.get("observed_value")]


def _plain(value: object) -> object:
    # Numbers and booleans of numpy are no JSON; what they hold is. Moments are told as text.
    return value.item() if isinstance(value, np.generic) else str(value)
