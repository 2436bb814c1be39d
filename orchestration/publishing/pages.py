"""The report of a version in the words of this project: as a page and in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from orchestration.landing.declarations import read_project
from orchestration.publishing.files import MartFiles
from orchestration.publishing.report import cell_text, read_tables, write_report
from orchestration.publishing.versions import Versions
from orchestration.rules.seeds import read_seed
from orchestration.settings import PROJECT_ROOT, Settings

SHOWN_ROWS = 10
# A reason may be long; a line of a terminal is not.
CELL_WIDTH = 72


def write_report_page(files: MartFiles, page: Path) -> None:
    """Write the report page of a version.

    Args:
        files: The files of the version.
        page: Where to write.
    """
    write_report(files, page, **_words())


def show_current(settings: Settings) -> None:
    """Print the funnel and the top of the call list of what is published, and where it lies.

    Args:
        settings: Where the home is.
    """
    files = MartFiles(Versions(settings.published).current())
    for section, rows in read_tables(files, **_words()):
        shown = [n for n, column in enumerate(section.columns) if column["en"] in section.terminal]
        if shown:
            print(f"\n{section.title['en']} / {section.title['ja']}")
            brief = [[row[n] for n in shown] for row in rows[:SHOWN_ROWS]]
            print("\n".join(text_table(section.terminal, brief)))
    current = MartFiles(settings.published / "current")
    print(f"\nmarts   {current.database}")
    print(f"for BI  {current.bi_database}")
    print(f"report  {current.report}")
    print(f"docs    {current.documentation}")


def text_table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Lay out rows in columns, for a font in which a Japanese letter is two wide.

    Args:
        headings: The heading of each column.
        rows: Their values.

    Yields:
        Lines: the headings, then the rows.
    """
    cells = [[_clipped(cell_text(value)) for value in row] for row in rows]
    lines = [list(headings), *cells]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (
            text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)
        )
        yield "  ".join(padded).rstrip()


def _words() -> dict[str, Any]:
    return {
        "stages": read_seed(PROJECT_ROOT, "stage_definitions"),
        "time_zone": read_project(PROJECT_ROOT).time_zone,
    }


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "FW" else 1 for letter in text)


def _clipped(text: str) -> str:
    if _width(text) <= CELL_WIDTH:
        return text
    while _width(text) > CELL_WIDTH - 1:
        text = text[:-1]
    return text + "…"
