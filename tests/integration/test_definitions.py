"""What Dagster knows, against a snapshot that is changed on purpose.

After a change that is meant: `python -m tests.integration.test_definitions`, then read the diff.
"""

from __future__ import annotations

from pathlib import Path

import dagster as dg
from dagster._core.execution.api import create_execution_plan

from orchestration.definitions import definitions

SNAPSHOT = Path(__file__).with_name("definitions.txt")
# The tests of dbt are checks too, but dbt's own affair; what blocks beside them are the gates.
GATED = {"landed", "scoring_inputs", "marts"}


def described(defs: dg.Definitions) -> str:
    """Describe the steps of the night in their order, the assets, gates, jobs and schedules."""
    repository = defs.get_repository_def()
    graph = repository.asset_graph
    plan = create_execution_plan(repository.get_job("nightly"))
    steps = [
        f"step {number}: {' '.join(sorted(step.key for step in level))}"
        for number, level in enumerate(plan.get_steps_to_execute_by_level(), start=1)
    ]
    assets = sorted(
        f"asset: {graph.get(key).group_name} {key.to_user_string()}"
        for key in graph.materializable_asset_keys
    )
    gates = sorted(
        f"gate: {key.to_user_string()}{' blocks' if graph.get(key).blocking else ''}"
        for key in graph.asset_check_keys
        if key.asset_key.to_user_string() in GATED
    )
    jobs = [f"job: {job.name}" for job in repository.get_all_jobs() if not job.name.startswith("_")]
    schedules = [
        f"schedule: {each.name} runs {each.job_name} at {each.cron_schedule}, "
        f"{each.execution_timezone}, {each.default_status.value}"
        for each in repository.schedule_defs
    ]
    return "\n".join([*steps, *gates, *jobs, *schedules, *assets, ""])


def test_what_dagster_knows_is_as_in_the_snapshot() -> None:
    assert described(definitions()) == SNAPSHOT.read_text()


def test_assets_are_described_in_words_and_not_by_their_sql() -> None:
    graph = definitions().get_repository_def().asset_graph
    described_by = {key: graph.get(key).description for key in graph.materializable_asset_keys}

    assert [key for key, text in described_by.items() if not text or "```" in text] == []


if __name__ == "__main__":
    SNAPSHOT.write_text(described(definitions()))
