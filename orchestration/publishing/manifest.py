"""What a version says of itself, in manifest.json."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
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
        former_build_id: The completed build that it started from; 0 where it was built whole.
        key_name: The name of the key that the hashes of its BI copy are made with.
    """

    build_id: int
    as_of: datetime
    run_id: str
    fingerprint: str
    former_build_id: int = 0
    key_name: str = ""


def former_version(finished: Sequence[Path], provenance: Provenance) -> MartFiles | None:
    """Find the version of the completed build that a build started from.

    Args:
        finished: The whole versions, oldest first.
        provenance: The build.

    Returns:
        The newest of that number that the same project and engine wrote with the same key of
        hashes, if it is still kept.
    """
    for folder in reversed(finished):
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["build_id"] == provenance.former_build_id:
            is_same = _written_by(provenance).items() <= manifest["versions"].items()
            return MartFiles(folder) if is_same else None
    return None


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
            **_written_by(provenance),
            "python": platform.python_version(),
            **{library: version(library) for library in LIBRARIES},
        },
        "sha256": {
            str(path.relative_to(files.folder)): _digest(path) for path in files.parquet_files()
        },
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    (files.folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _written_by(provenance: Provenance) -> dict[str, str]:
    """What the files of a version depend on beside the rows of the warehouse."""
    return {
        "project": provenance.fingerprint,
        "duckdb": version("duckdb"),
        "bi_key": provenance.key_name,
    }


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
