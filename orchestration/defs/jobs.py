"""The nightly job and its schedule."""

from __future__ import annotations

import dagster as dg

# In one process: its steps share the warehouse, which one process holds at a time.
nightly = dg.define_asset_job(
    "nightly",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Land, build, check, score, publish.",
)

every_night = dg.ScheduleDefinition(
    name="every_night",
    job=nightly,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Tokyo",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="After the connectors' evening syncs, before sales begins.",
)
