"""The dbt models as Dagster assets. Importing this module takes seconds; definitions do it once."""

# No postponed annotations here: Dagster looks at that of `context` while it defines the asset.

from collections.abc import Iterator, Mapping
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


def dbt_models(manifest: Mapping[str, Any]) -> dg.AssetsDefinition:
    """Define an asset per model and seed, and a check per dbt test.

    It is one definition; Dagster runs it in parts, around the Python assets in between.

    Args:
        manifest: The content of manifest.json.
    """

    @dbt_assets(
        manifest=manifest, dagster_dbt_translator=ModelNames(), name="dbt_models", pool=POOL
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
