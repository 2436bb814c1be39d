"""A build is published whole or not at all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pytest
from small_marts import PROVENANCE, TABLES

from orchestration.publishing.documentation import add_documentation
from orchestration.publishing.files import MartFiles
from orchestration.publishing.publish import publish
from orchestration.settings import Settings


def no_pages(files: MartFiles) -> None:
    """A version without pages."""


def test_a_published_version_has_all_its_parts(settings: Settings) -> None:
    publication = publish(settings, PROVENANCE, TABLES, no_pages)

    current = settings.published / "current"
    assert current.resolve() == publication.version.resolve()
    found = {path.relative_to(current).as_posix() for path in current.rglob("*") if path.is_file()}
    assert found == {
        "lead_marts.duckdb",
        "bi/lead_marts.duckdb",
        "manifest.json",
        *(f"parquet/{table.name}/{table.name}.parquet" for table in TABLES),
    }


def test_the_manifest_says_what_the_version_holds(settings: Settings) -> None:
    publish(settings, PROVENANCE, TABLES, no_pages)

    current = settings.published / "current"
    manifest = json.loads((current / "manifest.json").read_text())
    assert manifest["as_of"] == "2026-06-30T15:00:00Z"
    assert (manifest["build_id"], manifest["run_id"]) == (3, "run")
    assert manifest["row_counts"] == {
        "check_results": 2, "dim_leads": 3, "lead_redirects": 1, "visits": 10,
    }  # fmt: skip
    assert manifest["check_results"] == {
        "marts": {"held": 1, "did_not_hold": 0, "names": []},
        "raw": {"held": 0, "did_not_hold": 1, "names": ["control.build rows are fresh (warn)"]},
    }
    assert manifest["versions"]["duckdb"] == duckdb.__version__
    assert manifest["versions"]["project"] == "f1"
    assert len(manifest["sha256"]) == len(TABLES)
    for path, digest in manifest["sha256"].items():
        assert hashlib.sha256((current / path).read_bytes()).hexdigest() == digest


def test_publishing_twice_gives_the_same_parquet_and_two_versions(settings: Settings) -> None:
    first = publish(settings, PROVENANCE, TABLES, no_pages).version
    second = publish(settings, PROVENANCE, TABLES, no_pages).version

    assert first != second
    digests = [
        json.loads((each / "manifest.json").read_text())["sha256"] for each in (first, second)
    ]
    assert digests[0] == digests[1]


def test_what_breaks_while_writing_leaves_the_published_version(settings: Settings) -> None:
    first = publish(settings, PROVENANCE, TABLES, no_pages).version

    def break_down(files: MartFiles) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        publish(settings, PROVENANCE, TABLES, break_down)

    assert (settings.published / "current").resolve() == first.resolve()


def test_the_key_of_the_bi_copy_stays_in_the_home(settings: Settings) -> None:
    publish(settings, PROVENANCE, TABLES, no_pages)

    key = (settings.home / "bi.key").read_bytes()
    published = [path for path in settings.published.rglob("*") if path.is_file()]
    assert all(key not in path.read_bytes() for path in published)


def test_the_documentation_is_generated_once_per_fingerprint(tmp_path: Path) -> None:
    generated: list[str] = []

    def add(version: str, fingerprint: str) -> str:
        def generate() -> Path:
            page = tmp_path / "generated.html"
            generated.append(fingerprint)
            page.write_text(f"docs of {fingerprint}")
            return page

        target = tmp_path / version / "docs" / "index.html"
        add_documentation(
            target, kept=tmp_path / "kept", fingerprint=fingerprint, generate=generate
        )
        return target.read_text()

    assert [add("v1", "a"), add("v2", "a"), add("v3", "b")] == [
        "docs of a",
        "docs of a",
        "docs of b",
    ]
    assert generated == ["a", "b"]
    assert (tmp_path / "v1/docs/index.html").read_text() == "docs of a"
    assert [page.name for page in (tmp_path / "kept").iterdir()] == ["b.html"]
