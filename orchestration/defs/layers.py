"""Assets that end a layer: all of it is there, and a gate stands behind."""

from __future__ import annotations

from collections.abc import Iterable

import dagster as dg


def layer_end(name: str, models: Iterable[dg.AssetKey], description: str) -> dg.AssetsDefinition:
    """Define an asset that waits for models and holds nothing itself.

    A gate on one model would stop only what comes after that model, and cut dbt's part of the
    night into more runs of dbt. A gate behind this asset stops all that comes after the layer.

    Args:
        name: The name of the asset.
        models: The models to wait for.
        description: What is there once it is.
    """

    @dg.asset(name=name, deps=list(models), group_name="gates", description=description)
    def end() -> None:
        return None

    return end
