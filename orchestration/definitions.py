"""All that Dagster knows, put together. Loading takes seconds, for dagster-dbt is heavy."""

from __future__ import annotations

import dagster as dg


@dg.definitions
def definitions() -> dg.Definitions:
    """Merge assets, checks, job and schedule."""
    from orchestration.defs.assets import assets
    from orchestration.defs.checks import gate_checks
    from orchestration.defs.dbt_command import read_manifest
    from orchestration.defs.jobs import every_night, nightly
    from orchestration.defs.night import Night
    from orchestration.settings import PROJECT_ROOT

    return dg.Definitions(
        assets=assets(read_manifest(PROJECT_ROOT)),
        asset_checks=gate_checks(),
        jobs=[nightly],
        schedules=[every_night],
        resources={"night": Night()},
    )
