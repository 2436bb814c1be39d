"""The gates as asset checks: what is wrong stops all that comes after."""

from __future__ import annotations

from typing import Any

import dagster as dg

from orchestration.defs.night import Night
from orchestration.defs.reporting import POOL, PROGRESS, step
from orchestration.gates.run import Gate, record, run_gate
from orchestration.gates.settings import GateSettings
from orchestration.gates.verdicts import GateResult
from orchestration.settings import PROJECT_ROOT
from orchestration.yaml_text import read_yaml_text

# Each gate stands behind the asset that ends a layer.
GATES: dict[Gate, str] = {"raw": "landed", "scoring_inputs": "scoring_inputs", "marts": "marts"}


def gate_check(gate: Gate, asset: str) -> dg.AssetChecksDefinition:
    """Define the check of a gate.

    Args:
        gate: The gate.
        asset: The asset behind which it stands.
    """

    @dg.asset_check(
        name=f"{gate}_gate",
        asset=asset,
        blocking=True,
        pool=POOL,
        description=f"The checks of expectations/{gate}.py; each is kept in control.check_results.",
    )
    def check(night: Night) -> dg.AssetCheckResult:
        with step() as doing, night.warehouse() as connection:
            result = run_gate(connection, gate, GateSettings.from_vars(_variables()))
            record(connection, result)
            doing.done = _told(result)
            if error := result.error():
                PROGRESS.error("%s", error)
            return _check_result(result)

    return check


def gate_checks() -> list[dg.AssetChecksDefinition]:
    """Define the checks of all gates."""
    return [gate_check(gate, asset) for gate, asset in GATES.items()]


def _variables() -> dict[str, Any]:
    content = read_yaml_text((PROJECT_ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    variables: dict[str, Any] = content["vars"]
    return variables


def _check_result(result: GateResult) -> dg.AssetCheckResult:
    error = result.error()
    is_open = error is None
    return dg.AssetCheckResult(
        passed=is_open and not result.warnings,
        severity=dg.AssetCheckSeverity.WARN if is_open else dg.AssetCheckSeverity.ERROR,
        description=str(error) if error else None,
        metadata={
            "checks": len(result.checks),
            "failed": [f"{each.dataset} {each.check_name}" for each in result.blocking],
            "warnings": [
                f"{each.dataset} {each.check_name}: {each.observed}" for each in result.warnings
            ],
        },
    )


def _told(result: GateResult) -> str:
    held = sum(check.success for check in result.checks)
    warned = "".join(
        f"\n  warning: {each.dataset} {each.check_name}: {each.observed}"
        for each in result.warnings
    )
    return f"{result.gate} gate: {held} of {len(result.checks)} checks held{warned}"
