"""What a build of dbt came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import LeadsError

# dbt's words for what did not come out well; what was skipped follows from these.
BAD = frozenset({"error", "fail", "runtime error"})
NAMED_FAILURES = 10
# What makes a table; dbt tells of tests and of what runs before the models too.
TABLES = frozenset({"model", "seed"})


@dataclass(frozen=True)
class NodeResult:
    """What became of one model, seed or test.

    Attributes:
        kind: model, seed, test or operation.
        name: Its name.
        status: dbt's word: success, pass, warn, error, fail, skipped.
        message: What dbt says about it.
        failures: Rows that a test found; None for anything else.
        seconds: How long it took.
    """

    kind: str
    name: str
    status: str
    message: str = ""
    failures: int | None = None
    seconds: float = 0.0


def judge_build(results: Sequence[NodeResult], log: Path) -> str:
    """Say what a build came to.

    Args:
        results: What became of each model, seed and test.
        log: Where dbt says more.

    Returns:
        A few words for people.

    Raises:
        LeadsError: A model, seed or test went wrong; the first ones are named.
    """
    bad = [_failure(result) for result in results if result.status in BAD]
    if bad:
        more = f" and {len(bad) - NAMED_FAILURES} more" if len(bad) > NAMED_FAILURES else ""
        raise LeadsError(
            f"{len(bad)} of {len(results)} dbt steps failed:"
            f" {'; '.join(bad[:NAMED_FAILURES])}{more}",
            where="the dbt models",
            mend=f"mend the model or the rows it names; {log} has the SQL",
        )
    tests = [result for result in results if result.kind == "test"]
    tables = sum(result.kind in TABLES for result in results)
    warned = sum(test.status == "warn" for test in tests)
    warnings = f", {warned} warned" if warned else ""
    return f"dbt built {tables} tables, {len(tests)} tests held{warnings},"


def _failure(result: NodeResult) -> str:
    if result.failures:
        return f"{result.kind} {result.name} ({result.failures:,} rows)"
    return f"{result.kind} {result.name} ({' '.join(result.message.split())[:200]})"
