"""Where the time of a night went, as Dagster kept it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster import EventLogEntry, MetadataValue

LAYERS = ("landing", "Python assets", "models", "dbt tests", "gates", "publishing", "start and end")
LANDING_AND_MODELS = LAYERS[:3]


@dataclass(frozen=True)
class NightTimes:
    """Where the time of a night went, in seconds.

    Attributes:
        layers: By layer, in the order of LAYERS. Models and tests of dbt run side by side: the time
            of their steps is divided by what each took alone.
        models: By dbt model and seed, alone, the longest first.
    """

    layers: dict[str, float]
    models: dict[str, float]


def newest_night(home: Path, seconds: float) -> NightTimes:
    """Read the newest night of a home.

    Args:
        home: LEADS_HOME.
        seconds: What the whole process took; the rest is start and end.
    """
    import dagster as dg

    with _dagster_home(home / "dagster"), dg.DagsterInstance.get() as instance:
        run = instance.get_runs(limit=1)[0]
        steps = instance.get_run_step_stats(run.run_id)
        logs = instance.all_logs(run.run_id)
    took = {each.step_key: each.end_time - each.start_time for each in steps
            if each.start_time and each.end_time}  # fmt: skip
    models = _model_seconds(logs)
    return NightTimes(
        layers=_layers(took, sum(models.values()), _test_seconds(logs), seconds),
        models=dict(sorted(models.items(), key=lambda item: item[1], reverse=True)),
    )


def _layers(
    took: dict[str, float], models: float, tests: float, seconds: float
) -> dict[str, float]:
    layers = dict.fromkeys(LAYERS, 0.0)
    for step, duration in took.items():
        if step.startswith("dbt_"):
            layers["models"] += duration * models / (models + tests)
            layers["dbt tests"] += duration * tests / (models + tests)
        else:
            layers[_layer(step)] += duration
    layers["start and end"] = seconds - sum(took.values())
    return layers


def _layer(step: str) -> str:
    if step.endswith("_gate"):
        return "gates"
    return {"landed": "landing", "published": "publishing"}.get(step, "Python assets")


def _model_seconds(logs: Sequence[EventLogEntry]) -> dict[str, float]:
    made = [entry.asset_materialization for entry in logs]
    return {
        each.asset_key.path[-1]: _number(each.metadata["seconds"])
        for each in made
        if each is not None and "seconds" in each.metadata
    }


def _test_seconds(logs: Sequence[EventLogEntry]) -> float:
    events = [entry.dagster_event for entry in logs]
    checked = [
        event.asset_check_evaluation_data
        for event in events
        if event is not None and event.event_type_value == "ASSET_CHECK_EVALUATION"
    ]
    return sum(_number(each.metadata["seconds"]) for each in checked if "seconds" in each.metadata)


def _number(value: MetadataValue[Any]) -> float:
    return float(value.value)


@contextmanager
def _dagster_home(folder: Path) -> Iterator[None]:
    former = os.environ.get("DAGSTER_HOME")
    os.environ["DAGSTER_HOME"] = str(folder)
    try:
        yield
    finally:
        if former is None:
            del os.environ["DAGSTER_HOME"]
        else:
            os.environ["DAGSTER_HOME"] = former
