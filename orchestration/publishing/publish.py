"""Publish a build: write a version whole, check it, let readers have it by one rename."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from orchestration.publishing.files import MartFiles, check_marts
from orchestration.publishing.keyed_hashes import name_of_key, read_key
from orchestration.publishing.manifest import Provenance, former_version, write_manifest
from orchestration.publishing.marts import write_marts
from orchestration.publishing.tables import MartTable
from orchestration.publishing.versions import KEPT_VERSIONS, Versions
from orchestration.settings import Settings

KEY_FILE = "bi.key"


@dataclass(frozen=True)
class Publication:
    """What was published.

    Attributes:
        version: The folder that readers have now.
        row_counts: Rows per table.
    """

    version: Path
    row_counts: dict[str, int]


def publish(
    settings: Settings,
    provenance: Provenance,
    tables: Sequence[MartTable],
    write_pages: Callable[[MartFiles], None],
    keep: int = KEPT_VERSIONS,
) -> Publication:
    """Publish the marts of a build.

    Killed at any moment, it leaves what was published before; the leftover goes with the next run.

    Args:
        settings: Where the warehouse and the published versions are.
        provenance: The build; its gates are passed.
        tables: The marts.
        write_pages: Writes the report and the documentation beside the tables.
        keep: How many versions to keep.

    Returns:
        The version and its row counts.

    Raises:
        LeadsError: What was written does not read back as the warehouse has it.
    """
    versions = Versions(settings.published)
    key = read_key(settings.home / KEY_FILE)
    provenance = replace(provenance, key_name=name_of_key(key))
    former = former_version(versions.finished(), provenance)
    files = MartFiles(versions.begin(provenance.build_id, provenance.as_of))
    row_counts = write_marts(settings, files, tables, key, former)
    check_marts(files, row_counts)
    write_manifest(files, provenance, row_counts)
    write_pages(files)
    version = versions.finish(files.folder)
    versions.switch(version)
    versions.prune(keep)
    return Publication(version, row_counts)
