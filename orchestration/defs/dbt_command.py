"""dbt within this process: one of its own would import and read the project anew each time."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestration.defs.dbt_results import NodeResult
from orchestration.errors import LeadsError
from orchestration.landing.build import project_fingerprint

# The project as dbt read it, handed from one command to the next; only dbt looks inside.
DbtProject = Any
# The tag of what a build leaves alone.
LEFT_ALONE = "left_alone"


def run_dbt(arguments: Sequence[str], root: Path, target: Path, project: DbtProject = None) -> Any:  # noqa: ANN401 - each command gives something else
    """Run a command of dbt, and let go of the warehouse.

    Args:
        arguments: The command and its options.
        root: The project's folder.
        target: Where dbt writes what it makes, and its log.
        project: What `read_project` gave; None to read it now.

    Returns:
        What the command gives: the manifest, the results of a build.

    Raises:
        LeadsError: dbt broke off. A model or test that fails does not break it off.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager as Connections
    from dbt.cli.main import dbtRunner

    folders = {"project-dir": root, "profiles-dir": root, "target-path": target, "log-path": target}
    options = [f"--{name}={folder}" for name, folder in folders.items()]
    # The SQL that failed is enough; all that dbt could say takes a fifth of a night.
    options += ["--no-use-colors", "--log-level-file=warn"]
    try:
        outcome = dbtRunner(manifest=project).invoke([*arguments, *options])
    finally:
        # dbt-duckdb would keep the file open until this process ends.
        if Connections._ENV is not None:
            Connections._ENV.close()
    if outcome.exception is not None:
        raise LeadsError(
            f"dbt {arguments[0]} broke off: {' '.join(str(outcome.exception).split())[:500]}",
            where=f"the dbt project in {root}",
            mend=f"mend what dbt names; {target / 'dbt.log'} says more",
        )
    return outcome.result


def read_project(root: Path, target: Path) -> DbtProject:
    """Read the dbt project; what did not change since the last time is not read again.

    Args:
        root: The project's folder.
        target: Where dbt keeps what it read.

    Returns:
        The project, for `build`.

    Raises:
        LeadsError: dbt cannot read the project.
    """
    return run_dbt(["parse", "--quiet", "--no-write-json"], root, target)


def read_manifest(root: Path) -> dict[str, Any]:
    """Give manifest.json of the project as it is now; dbt reads it anew only where it changed.

    Args:
        root: The project's folder.

    Raises:
        LeadsError: dbt cannot read the project.
    """
    target = root / "target"
    target.mkdir(exist_ok=True)
    manifest, stamp = target / "manifest.json", target / "manifest.fingerprint"
    fingerprint = project_fingerprint(root)
    # Dagster's page, its daemon and a night may all come here at once.
    with (target / "manifest.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_fresh = stamp.exists() and stamp.read_text() == fingerprint
        if not (is_fresh and manifest.exists()):
            stamp.unlink(missing_ok=True)
            run_dbt(["parse", "--quiet"], root, target)
            stamp.write_text(fingerprint)
        content: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    return content


def leave_alone(project: DbtProject, names: Collection[str]) -> None:
    """Tag the nodes that the next builds leave alone, and no others.

    One tag is selected at once; dbt looks through all nodes for each name it is given.

    Args:
        project: What `read_project` gave.
        names: The names of models, seeds and tests.
    """
    for node in project.nodes.values():
        node.tags = [tag for tag in node.tags if tag != LEFT_ALONE]
        if node.name in names:
            node.tags.append(LEFT_ALONE)


def generate_documentation(root: Path, target: Path, project: DbtProject = None) -> Path:
    """Generate the dbt documentation as one page, from the models as they are built.

    Args:
        root: The project's folder.
        target: Where dbt writes.
        project: What `build` was given and has compiled thereby; None to compile now.

    Returns:
        The page.

    Raises:
        LeadsError: dbt refused.
    """
    from dbt.parser.manifest import write_manifest

    arguments = ["docs", "generate", "--static", "--quiet"]
    if project is not None:
        leave_alone(project, ())
        write_manifest(project, str(target))
        arguments.append("--no-compile")
    run_dbt(arguments, root, target, project)
    return target / "static_index.html"


def build(
    selection: Mapping[str, str],
    root: Path,
    target: Path,
    project: DbtProject,
    *,
    full_refresh: bool,
) -> list[NodeResult]:
    """Build and test models.

    Args:
        selection: dbt's options that select, such as `select`, with their values.
        root: The project's folder.
        target: Where dbt writes.
        project: What `read_project` gave.
        full_refresh: Whether incremental models are built anew.

    Returns:
        What became of each model, seed and test, in the order in which they ended.

    Raises:
        LeadsError: dbt broke off.
    """
    # Unit tests prove the code, not the data: `make test` runs them.
    # What became of each node is returned: writing it out as well takes a second per build.
    arguments = ["build", "--exclude-resource-type=unit_test", "--no-write-json"]
    arguments += [f"--{option}={value}" for option, value in selection.items()]
    if full_refresh:
        arguments.append("--full-refresh")
    run = run_dbt(arguments, root, target, project)
    return [
        NodeResult(
            kind=str(result.node.resource_type),
            name=result.node.name,
            status=str(result.status),
            message=result.message or "",
            failures=result.failures,
            seconds=result.execution_time,
        )
        for result in run.results
        # The project's own hook is neither; where it fails, dbt breaks off.
        if result.node.resource_type != "operation"
    ]
