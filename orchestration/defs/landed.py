"""The landed layer: what is new in the raw folder."""

from __future__ import annotations

import dagster as dg

from orchestration.defs.night import Night
from orchestration.defs.steps import POOL, PROGRESS, step
from orchestration.landing.land import land
from orchestration.rules.seeds import validate_seeds
from orchestration.settings import PROJECT_ROOT


@dg.asset(group_name="landed", kinds={"python", "duckdb"}, pool=POOL)
def landed(night: Night) -> dg.MaterializeResult[None]:
    """Every raw row once, and the build that starts with it.

    The seeds are checked first: a wrong rule shall stop the night before anything is written.
    """
    with step() as doing:
        validate_seeds(PROJECT_ROOT)
        report = land(night.settings, log=PROGRESS.debug)
        doing.done = (
            f"landed {report.new_rows:,} new rows of {len(report.tables)} tables,"
            f" {report.refused_rows:,} refused,"
        )
        return dg.MaterializeResult(
            metadata={
                "build_id": report.build.build_id,
                "as_of": str(report.build.as_of),
                "is_full_refresh": report.build.is_full_refresh,
                "new_rows": report.new_rows,
                "refused_rows": report.refused_rows,
            }
        )
