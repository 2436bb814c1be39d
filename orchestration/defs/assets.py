"""All assets, in the order in which a night makes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg

from orchestration.defs.business_calendar import business_calendar
from orchestration.defs.dbt import PARTS, dbt_models
from orchestration.defs.landed import landed
from orchestration.defs.layers import layer_end
from orchestration.defs.lead_lifecycle import CHANGED_LEADS, INPUT_MODELS, lead_lifecycle
from orchestration.defs.normalised_text import normalised_text
from orchestration.defs.person_identities import person_identities
from orchestration.defs.published import published
from orchestration.publishing.tables import mart_models


def assets(manifest: Mapping[str, Any]) -> list[dg.AssetsDefinition]:
    """Define all assets.

    Args:
        manifest: The content of dbt's manifest.json.
    """
    return [
        landed,
        business_calendar,
        normalised_text,
        *(dbt_models(manifest, part) for part in PARTS),
        person_identities,
        layer_end(
            "scoring_inputs",
            [*INPUT_MODELS, CHANGED_LEADS],
            "All that the lifecycle of leads is computed from.",
        ),
        lead_lifecycle,
        layer_end(
            "marts",
            [model["name"] for model in mart_models(manifest)],
            "All marts of the build, not yet published.",
        ),
        published(manifest),
    ]
