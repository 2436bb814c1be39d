"""The published versions: naming them, letting readers have one, going back, keeping a few."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orchestration.errors import LeadsError

# A week of nights.
KEPT_VERSIONS = 7
MANIFEST = "manifest.json"
UNFINISHED = ".unfinished-"


@dataclass(frozen=True)
class Versions:
    """The folder of the published versions.

    `current` is a link to one of `versions/*`. Whoever has opened a file through it goes on reading
    that file; whoever opens it after the switch reads the new one. Nobody sees a mixture.

    Attributes:
        folder: `$LEADS_HOME/published`.
    """

    folder: Path

    @property
    def current_link(self) -> Path:
        """The link that readers follow."""
        return self.folder / "current"

    def current(self) -> Path:
        """The version that readers have.

        Raises:
            LeadsError: Nothing has been published yet.
        """
        if not self.current_link.is_dir():
            raise LeadsError(
                "nothing has been published yet",
                where=str(self.current_link),
                mend="run `make nightly`, or `make demo` for sample data",
            )
        return self.current_link.resolve()

    def finished(self) -> list[Path]:
        """The whole versions, oldest first: in the order in which their manifests were written."""
        found = [each for each in self._all() if not each.name.startswith(UNFINISHED)]
        return sorted(found, key=lambda each: ((each / MANIFEST).stat().st_mtime_ns, each.name))

    def begin(self, build_id: int, as_of: datetime) -> Path:
        """Make an empty folder to write a version in, and remove what killed runs left.

        Args:
            build_id: The number of the build.
            as_of: The moment the build speaks about, UTC.

        Returns:
            The folder; `finish` gives it its name.
        """
        for leftover in self._all():
            if leftover.name.startswith(UNFINISHED):
                shutil.rmtree(leftover)
        folder = self._versions / f"{UNFINISHED}{build_id:06d}-{as_of:%Y%m%dT%H%M%SZ}"
        folder.mkdir(parents=True)
        return folder

    def finish(self, unfinished: Path) -> Path:
        """Bring a version to disk for good and give it its name.

        A warehouse that was begun anew counts its builds from 1 again: a name that is taken gets a
        number behind, for readers may have the older version open.

        Args:
            unfinished: The folder of `begin`, wholly written.

        Returns:
            The folder under its name.
        """
        _sync_tree(unfinished)
        name = unfinished.name.removeprefix(UNFINISHED)
        folder = self._versions / name
        again = 1
        while folder.exists():
            again += 1
            folder = self._versions / f"{name}-{again}"
        unfinished.rename(folder)
        _sync(self._versions)
        return folder

    def switch(self, version: Path) -> None:
        """Let readers have this version, by one rename of a link.

        Args:
            version: A whole version.
        """
        fresh = self.folder / ".current-fresh"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(version.relative_to(self.folder), target_is_directory=True)
        fresh.replace(self.current_link)
        _sync(self.folder)

    def prune(self, keep: int = KEPT_VERSIONS) -> list[Path]:
        """Remove the oldest versions; an open file of one stays readable until it is closed.

        Args:
            keep: How many to keep. The current one always stays.

        Returns:
            What was removed.
        """
        current = self.current()
        removed = [version for version in self.finished()[:-keep] if version != current]
        for version in removed:
            shutil.rmtree(version)
        return removed

    def roll_back(self) -> Path:
        """Let readers have the version before the current one again.

        Returns:
            The version that is current now.

        Raises:
            LeadsError: There is none before.
        """
        current, versions = self.current(), self.finished()
        before = versions[: versions.index(current)]
        if not before:
            raise LeadsError(
                f"{current.name} is the oldest version that is kept",
                where=str(self._versions),
                mend="run `make nightly` to publish a new one",
            )
        self.switch(before[-1])
        return before[-1]

    @property
    def _versions(self) -> Path:
        return self.folder / "versions"

    def _all(self) -> list[Path]:
        return list(self._versions.iterdir()) if self._versions.is_dir() else []


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
