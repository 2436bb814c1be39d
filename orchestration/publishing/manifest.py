"""What a version says of itself, in manifest.json."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publishing.files import MartFiles
from orchestration.publishing.versions import MANIFEST

LIBRARIES = ("dagster", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "pyarrow")


@dataclass(frozen=True)
class Provenance:
    """Where a version comes from.

    Attributes:
        build_id: Its number.
        as_of: The moment it speaks about, naive UTC.
        run_id: The run of Dagster that made it.
        fingerprint: Hash of the project's models, seeds and code.
    """

    build_id: int
    as_of: datetime
    run_id: str
    fingerprint: str


def write_manifest(files: MartFiles, provenance: Provenance, row_counts: Mapping[str, int]) -> None:
    """Write manifest.json beside the files it speaks of.

    Args:
        files: The files of the version, written and checked.
        provenance: Where it comes from.
        row_counts: Rows per table.
    """
    content: dict[str, Any] = {
        "as_of": f"{provenance.as_of:%Y-%m-%dT%H:%M:%SZ}",
        "build_id": provenance.build_id,
        "run_id": provenance.run_id,
        "row_counts": dict(sorted(row_counts.items())),
        "check_results": _check_results(files.database),
        "versions": {
            "project": provenance.fingerprint,
            "python": platform.python_version(),
            **{library: version(library) for library in LIBRARIES},
        },
        "sha256": {
            str(path.relative_to(files.folder)): _digest(path)
            for path in map(files.parquet, sorted(row_counts))
        },
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    (files.folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _check_results(database: Path) -> dict[str, Any]:
    """Counts per gate, and by name what did not hold."""
    with duckdb.connect(str(database), read_only=True) as connection:
        gates = connection.execute(
            "select gate, count(*) filter (success), count(*) filter (not success)"
            " from main.check_results group by gate order by gate"
        ).fetchall()
        failed = connection.execute(
            "select gate, dataset, check_name, severity from main.check_results"
            " where not success order by all"
        ).fetchall()
    return {
        gate: {
            "held": held,
            "did_not_hold": did_not_hold,
            "names": [
                f"{dataset} {name} ({severity})"
                for of, dataset, name, severity in failed
                if of == gate
            ],
        }
        for gate, held, did_not_hold in gates
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
