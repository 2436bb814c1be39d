"""The dbt models as Dagster assets. Importing this module takes seconds; definitions do it once."""

# No postponed annotations here: Dagster looks at that of `context` while it defines the asset.

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets

from orchestration.defs.dbt_command import LEFT_ALONE, build, leave_alone
from orchestration.defs.dbt_results import TABLES, NodeResult, judge_build
from orchestration.defs.dbt_unchanged import parents_first, unchanged_nodes
from orchestration.defs.night import Night
from orchestration.defs.reporting import POOL, step
from orchestration.settings import PROJECT_ROOT
from orchestration.steps.build import current_build, unchanged_tables


class ModelNames(DagsterDbtTranslator):
    """Names assets as people name models; whatever a connector landed is the one asset `landed`."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """The name of the model, or what the yml of a source names."""
        if dbt_resource_props["resource_type"] != "source":
            return dg.AssetKey(dbt_resource_props["name"])
        if dbt_resource_props["schema"].startswith("landed_"):
            return dg.AssetKey("landed")
        return super().get_asset_key(dbt_resource_props)

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The description alone; the raw SQL that would follow is in the dbt documentation."""
        return str(dbt_resource_props["description"])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The layer: the folder under models, or seeds."""
        if dbt_resource_props["resource_type"] == "seed":
            return "seeds"
        return str(dbt_resource_props["fqn"][1])


@dataclass(frozen=True)
class Part:
    """A part of the models that one run of dbt builds, in dbt's node selection."""

    name: str
    select: str
    exclude: str

    @property
    def selection(self) -> dict[str, str]:
        """The part without what is left alone, as options of dbt."""
        return {"select": self.select, "exclude": f"{self.exclude} tag:{LEFT_ALONE}".strip()}


# Two Python assets stand between the models, hence three runs of dbt. Left alone, Dagster would cut
# one definition into five. A test goes with the last of its models.
PARTS = (
    Part("dbt_persons", "fqn:*", "source:identity+ source:lifecycle+"),
    Part("dbt_scoring_inputs", "source:identity+", "source:lifecycle+"),
    Part("dbt_marts", "source:lifecycle+", ""),
)


def dbt_models(manifest: Mapping[str, Any], part: Part) -> dg.AssetsDefinition:
    """Define an asset per model and seed of a part, and a check per dbt test.

    Args:
        manifest: The content of manifest.json.
        part: The part.
    """
    order = parents_first(manifest)

    @dbt_assets(
        manifest=manifest,
        select=part.select,
        exclude=part.exclude,
        name=part.name,
        dagster_dbt_translator=ModelNames(),
        pool=POOL,
    )
    def models(context: dg.AssetExecutionContext, night: Night) -> Iterator[Any]:
        with step() as doing:
            with night.warehouse() as connection:
                full_refresh = current_build(connection).is_full_refresh
                unchanged = unchanged_nodes(manifest, unchanged_tables(connection))
            target = night.settings.home / "dbt"
            project = night.dbt_project()
            leave_alone(project, unchanged)
            results = build(
                _selection(context, part), PROJECT_ROOT, target, project, full_refresh=full_refresh
            )
            asked = {key.path[-1] for key in context.selected_asset_keys}
            same = asked.intersection(unchanged)
            yield from events(results, context.selected_asset_check_keys, same, order)
            doing.done = judge_build(results, target / "dbt.log")

    return models


def _selection(context: dg.AssetExecutionContext, part: Part) -> dict[str, str]:
    if not context.is_subset:
        return part.selection
    names = " ".join(sorted(key.path[-1] for key in context.selected_asset_keys))
    return {"select": names, "indirect-selection": "buildable"}


def events(
    results: Sequence[NodeResult],
    checks: set[dg.AssetCheckKey],
    unchanged: Collection[str] = (),
    order: Sequence[str] = (),
) -> Iterator[dg.Output[None] | dg.AssetCheckResult]:
    """Tell Dagster what became of models and tests.

    Args:
        results: What became of each model, seed and test.
        checks: The tests that Dagster knows; one over models of two parts it does not.
        unchanged: The models and seeds that were left alone; what they hold is that of this night.
        order: The names of models and seeds, parents first, where some were left alone.

    Yields:
        An output per model and seed, parents first, and a check result per test.
    """
    built = [each for each in results if each.kind in TABLES and each.status == "success"]
    told: dict[str, dict[str, Any]] = {name: {"is_unchanged": True} for name in unchanged}
    told |= {each.name: {"seconds": each.seconds} for each in built}
    for name in [name for name in order if name in told] if unchanged else told:
        output = dg.AssetKey(name).to_python_identifier()
        yield dg.Output(None, output_name=output, metadata=told[name])
    known = {key.name: key for key in checks}
    for result in results:
        if result.name in known and result.status != "skipped":
            is_warning = result.status == "warn"
            yield dg.AssetCheckResult(
                asset_key=known[result.name].asset_key,
                check_name=result.name,
                passed=result.status == "pass",
                severity=dg.AssetCheckSeverity.WARN if is_warning else dg.AssetCheckSeverity.ERROR,
                metadata={"failures": result.failures or 0, "seconds": result.seconds},
            )
