"""The dbt documentation of a version: one static page, made anew when the project changed only."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path


def add_documentation(
    target: Path, *, kept: Path, fingerprint: str, generate: Callable[[], Path]
) -> None:
    """Put the page into a version.

    Generating it takes longer than publishing the tables, and it says the same as long as the
    project is the same: the page is kept aside, and versions share one file where the file system
    can do so.

    Args:
        target: Where the version has the page.
        kept: Folder for the page that was generated last.
        fingerprint: Hash of the project; the name of the page that fits it.
        generate: Makes the page and says where it lies.
    """
    page = kept / f"{fingerprint}.html"
    if not page.exists():
        kept.mkdir(parents=True, exist_ok=True)
        for outdated in kept.iterdir():
            outdated.unlink()
        fresh = page.with_suffix(".fresh")
        shutil.copyfile(generate(), fresh)
        fresh.replace(page)
    target.parent.mkdir(parents=True)
    try:
        os.link(page, target)
    except OSError:
        shutil.copyfile(page, target)
