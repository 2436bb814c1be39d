"""The dbt models as Dagster assets. Importing this module takes seconds; definitions do it once."""

# No postponed annotations here: Dagster looks at that of `context` while it defines the asset.

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import dagster as dg
from dagster_dbt import (
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliResource,
    dbt_assets,
)

from orchestration.defs.dbt_command import judge_build
from orchestration.defs.night import Night
from orchestration.defs.steps import POOL, step
from orchestration.defs.warehouse_tables import current_build


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


# Two Python assets stand between the models, hence three runs of dbt; each takes seconds to start.
# Left alone, Dagster would cut one definition into five. A test goes with the last of its models.
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

    @dbt_assets(
        manifest=manifest,
        select=part.select,
        exclude=part.exclude,
        name=part.name,
        dagster_dbt_translator=ModelNames(),
        pool=POOL,
    )
    def models(
        context: dg.AssetExecutionContext, night: Night, dbt: DbtCliResource
    ) -> Iterator[Any]:
        with step() as doing:
            with night.warehouse() as connection:
                is_full_refresh = current_build(connection).is_full_refresh
            # Unit tests prove the code, not the data: `make test` runs them.
            arguments = ["build", "--exclude-resource-type", "unit_test"]
            if is_full_refresh:
                arguments.append("--full-refresh")
            target = night.settings.home / "dbt"
            results = target / "run_results.json"
            results.unlink(missing_ok=True)
            invocation = dbt.cli(
                arguments, context=context, target_path=target, raise_on_error=False
            )
            yield from invocation.stream()
            doing.done = judge_build(results, target / "dbt.log")

    return models
