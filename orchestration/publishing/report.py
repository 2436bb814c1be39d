"""The report page: the published marts as one static page in Japanese and English."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pyarrow as pa

from orchestration.publishing.files import MartFiles
from orchestration.publishing.versions import MANIFEST
from orchestration.yaml_text import read_yaml_text

SECTIONS_FILE = Path(__file__).parent / "report_sections.yml"
TEMPLATES = Path(__file__).parent / "templates"
# Up to so many letters a cell is a name, a moment or an id; from so many on it is a sentence.
SHORT, SENTENCE = 18, 60


@dataclass(frozen=True)
class Section:
    """One table of the page.

    Attributes:
        key: Anchor in the page.
        title: Heading by language, `ja` and `en`.
        note: How to read it, by language.
        columns: Heading of each column of the query by language, in their order.
        query: Reads the published marts.
        terminal: The columns that are shown in a terminal, by their English headings.
    """

    key: str
    title: Mapping[str, str]
    note: Mapping[str, str]
    columns: Sequence[Mapping[str, str]]
    query: str
    terminal: Sequence[str] = ()


def write_report(
    files: MartFiles, page: Path, *, stages: Sequence[Mapping[str, Any]], time_zone: str
) -> None:
    """Write the page of a version.

    Args:
        files: The files of the version, manifest.json included.
        page: Where to write.
        stages: The rows of the seed stage_definitions.
        time_zone: The zone in which moments are shown.
    """
    manifest = json.loads((files.folder / MANIFEST).read_text(encoding="utf-8"))
    tables = read_tables(files, stages=stages, time_zone=time_zone)
    page.parent.mkdir(parents=True, exist_ok=True)
    template = _environment().get_template("report.html.j2")
    page.write_text(template.render(manifest=manifest, tables=tables) + "\n", encoding="utf-8")


def read_tables(
    files: MartFiles, *, stages: Sequence[Mapping[str, Any]], time_zone: str
) -> list[tuple[Section, list[tuple[Any, ...]]]]:
    """Read the tables of the page from the published marts.

    Args:
        files: The files of the version.
        stages: The rows of the seed stage_definitions.
        time_zone: The zone in which moments are shown.

    Returns:
        Each section with its rows, in the order of the page.
    """
    with duckdb.connect(str(files.database), read_only=True) as connection:
        connection.execute(f"set TimeZone = '{time_zone}'")
        connection.register("stage_definitions", pa.Table.from_pylist(stages))
        return [(section, connection.execute(section.query).fetchall()) for section in _sections()]


def cell_text(value: object) -> str:
    """Write a value as people read it: thousands apart, to the minute, nothing as a dash.

    Of a text in both languages this is the English one; the page shows both.
    """
    match value:
        case None:
            return "–"
        case bool():
            return "✓" if value else "–"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.1f}"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case {"ja": _, "en": english}:
            return cell_text(english)
        case _:
            return str(value)


def cell_shape(value: object) -> str:
    """Tell how a cell is laid out: `number`, `short`, `text` or `sentence`."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "number"
    letters = len(cell_text(value))
    return "short" if letters <= SHORT else "text" if letters < SENTENCE else "sentence"


@cache
def _sections() -> tuple[Section, ...]:
    content = read_yaml_text(SECTIONS_FILE.read_text(encoding="utf-8"))
    return tuple(Section(**section) for section in content["sections"])


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cell"] = cell_text
    environment.filters["shape"] = cell_shape
    return environment
