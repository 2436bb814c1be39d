"""The last steps of a night: all marts are there, and readers get them."""

# No postponed annotations here: Dagster looks at that of `context` while it defines the asset.

from collections.abc import Mapping
from functools import partial
from typing import Any

import dagster as dg
import duckdb

from orchestration.defs.dbt_command import generate_documentation
from orchestration.defs.night import Night
from orchestration.defs.reporting import POOL, step
from orchestration.landing.build import complete_build
from orchestration.publishing.documentation import add_documentation
from orchestration.publishing.files import MartFiles
from orchestration.publishing.manifest import Provenance
from orchestration.publishing.pages import write_report_page
from orchestration.publishing.publish import publish
from orchestration.publishing.tables import mart_tables
from orchestration.settings import PROJECT_ROOT
from orchestration.steps.build import current_build


def published(manifest: Mapping[str, Any]) -> dg.AssetsDefinition:
    """Define the asset that publishes the marts which the manifest names.

    Args:
        manifest: The content of manifest.json.
    """

    @dg.asset(name="published", group_name="published", kinds={"python"}, pool=POOL, deps=["marts"])
    def publish_marts(
        context: dg.AssetExecutionContext, night: Night
    ) -> dg.MaterializeResult[None]:
        """The version that readers have, and with it the end of the build."""
        with step() as doing:
            with night.warehouse() as connection:
                provenance = _provenance(connection, context.run.run_id)
            publication = publish(
                night.settings,
                provenance,
                mart_tables(manifest),
                partial(write_pages, night=night, fingerprint=provenance.fingerprint),
            )
            with night.warehouse() as connection:
                complete_build(connection)
            rows = sum(publication.row_counts.values())
            doing.done = (
                f"published {len(publication.row_counts)} tables, {rows:,} rows,"
                f" as {publication.version.name}"
            )
            return dg.MaterializeResult(
                metadata={"version": str(publication.version), **publication.row_counts}
            )

    return publish_marts


def write_pages(files: MartFiles, *, night: Night, fingerprint: str) -> None:
    """Write the report and the dbt documentation of a version.

    Args:
        files: The files of the version.
        night: The night whose models they show.
        fingerprint: Hash of the project.
    """
    target = night.settings.home / "dbt"
    write_report_page(files, files.report)
    add_documentation(
        files.documentation,
        kept=target / "docs",
        fingerprint=fingerprint,
        generate=lambda: generate_documentation(PROJECT_ROOT, target, night.dbt_project()),
    )


def _provenance(connection: duckdb.DuckDBPyConnection, run_id: str) -> Provenance:
    build = current_build(connection)
    row = connection.execute(
        "select fingerprint from control.builds where build_id = ?", [build.build_id]
    ).fetchone()
    fingerprint = row[0] if row else ""
    return Provenance(build.build_id, build.as_of, run_id, fingerprint, build.completed_build_id)
