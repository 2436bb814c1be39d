"""All assets, in the order in which a night makes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg

from orchestration.defs.dbt import PARTS, dbt_models
from orchestration.defs.layers import layer_end
from orchestration.defs.published import published
from orchestration.defs.python_assets import PYTHON_ASSETS
from orchestration.publishing.tables import mart_models


def assets(manifest: Mapping[str, Any]) -> list[dg.AssetsDefinition]:
    """Define all assets.

    Args:
        manifest: The content of dbt's manifest.json.
    """
    persons, scoring, marts = (dbt_models(manifest, part) for part in PARTS)
    return [
        *PYTHON_ASSETS,
        persons,
        scoring,
        layer_end(
            "scoring_inputs", scoring.keys, "All that the lifecycle of leads is computed from."
        ),
        marts,
        layer_end(
            "marts",
            [dg.AssetKey(model["name"]) for model in mart_models(manifest)],
            "All marts of the build, not yet published.",
        ),
        published(manifest),
    ]
