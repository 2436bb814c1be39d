"""dbt as a command: reading the project, generating its documentation, and what a build came to."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestration.errors import LeadsError
from orchestration.landing.build import project_fingerprint

MANIFEST = "manifest.json"
# dbt's words for what did not come out well; what was skipped follows from these.
BAD = frozenset({"error", "fail", "runtime error"})
NAMED_FAILURES = 10


def ready_manifest(root: Path) -> Path:
    """Give the manifest of the project as it is now; dbt reads it anew only where it changed.

    Args:
        root: The project's folder.

    Returns:
        The path of `target/manifest.json`.

    Raises:
        LeadsError: dbt cannot read the project.
    """
    target = root / "target"
    target.mkdir(exist_ok=True)
    stamp = target / "manifest.fingerprint"
    fingerprint = project_fingerprint(root)
    # Dagster's page, its daemon and a night may all come here at once.
    with (target / "manifest.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fresh = stamp.exists() and stamp.read_text() == fingerprint
        if not (fresh and (target / MANIFEST).exists()):
            stamp.unlink(missing_ok=True)
            run_dbt(["parse"], root, target)
            stamp.write_text(fingerprint)
    return target / MANIFEST


def read_manifest(root: Path) -> dict[str, Any]:
    """Read the manifest of the project as it is now.

    Args:
        root: The project's folder.

    Raises:
        LeadsError: dbt cannot read the project.
    """
    return _read(ready_manifest(root))


def generate_documentation(root: Path, target: Path) -> Path:
    """Generate the dbt documentation as one page, from the models as they are built.

    Args:
        root: The project's folder.
        target: Where dbt writes.

    Returns:
        The page.

    Raises:
        LeadsError: dbt refused.
    """
    run_dbt(["docs", "generate", "--static"], root, target)
    return target / "static_index.html"


def run_dbt(arguments: Sequence[str], root: Path, target: Path) -> None:
    """Run dbt and wait for it.

    Args:
        arguments: The command and its options.
        root: The project's folder.
        target: Where dbt writes what it makes, and its log.

    Raises:
        LeadsError: dbt did not come to a good end; its own words are quoted.
    """
    dbt = Path(sys.executable).with_name("dbt")
    ended = subprocess.run(  # noqa: S603 - the project's own dbt
        [dbt, "--no-use-colors", *arguments, "--target-path", target, "--log-path", target],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise LeadsError(
            f"dbt {arguments[0]} failed: {_reason(ended.stdout + ended.stderr)}",
            where=f"the dbt project in {root}",
            mend=f"mend what dbt names; {target / 'dbt.log'} says more",
        )


def judge_build(run_results: Path, log: Path) -> str:
    """Say what a dbt build came to.

    Args:
        run_results: The run_results.json of the build; absent where dbt broke off.
        log: Where dbt says more.

    Returns:
        A few words for people.

    Raises:
        LeadsError: dbt broke off, or a model, seed or test went wrong; the first ones are named.
    """
    if not run_results.exists():
        raise LeadsError(
            "dbt broke off before it built anything",
            where="the dbt models",
            mend=f"mend what the end of {log} names",
        )
    results: Sequence[Mapping[str, Any]] = _read(run_results)["results"]
    bad = [_failure(result) for result in results if result["status"] in BAD]
    if bad:
        more = f" and {len(bad) - NAMED_FAILURES} more" if len(bad) > NAMED_FAILURES else ""
        raise LeadsError(
            f"{len(bad)} of {len(results)} dbt steps failed:"
            f" {'; '.join(bad[:NAMED_FAILURES])}{more}",
            where="the dbt models",
            mend=f"mend the model or the rows it names; {log} has the SQL",
        )
    tests = [result for result in results if result["unique_id"].startswith("test.")]
    warned = sum(result["status"] == "warn" for result in tests)
    warnings = f", {warned} warned" if warned else ""
    return f"dbt built {len(results) - len(tests)} tables, {len(tests)} tests{warnings},"


def _failure(result: Mapping[str, Any]) -> str:
    kind, _, name = str(result["unique_id"]).split(".")[:3]
    message = " ".join(str(result["message"] or "").split())
    rows = result.get("failures")
    return f"{kind} {name} ({rows:,} rows)" if rows else f"{kind} {name} ({message[:200]})"


def _reason(output: str) -> str:
    """What dbt complains about, from the first line that names an error, on one line."""
    lines = [line.partition("  ")[2].strip() or line.strip() for line in output.splitlines()]
    first = next((n for n, line in enumerate(lines) if "error" in line.lower()), 0)
    return " ".join(line for line in lines[first : first + 4] if line)[:500]


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
