"""A home in which the commands of the Makefile are run."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any
from unittest import mock

from orchestration import cli
from orchestration.settings import PROJECT_ROOT

# What may differ between two runs over the same rows, by its meaning.
RUN_DEPENDENT = {"check_results", "lead_scores", "dim_leads", "sales_priority_list"}


@dataclass(frozen=True)
class Home:
    """A home and the raw rows that are landed in it.

    Attributes:
        raw: LEADS_RAW.
        home: LEADS_HOME.
        as_of: LEADS_AS_OF.
    """

    raw: Path
    home: Path
    as_of: str

    @property
    def current(self) -> Path:
        """What readers follow."""
        return self.home / "published" / "current"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead a command here."""
        return {
            "LEADS_RAW": str(self.raw),
            "LEADS_HOME": str(self.home),
            "LEADS_AS_OF": self.as_of,
        }

    def copy(self, folder: Path) -> Home:
        """Copy raw rows and home, so that what a test does to them harms no other."""
        shutil.copytree(self.raw, folder / "raw")
        shutil.copytree(self.home, folder / "home", symlinks=True)
        return replace(self, raw=folder / "raw", home=folder / "home")

    def begin(self, command: str = "nightly", root: Path = PROJECT_ROOT) -> subprocess.Popen[str]:
        """Begin a command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "orchestration", command],
            cwd=root,
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, command: str = "nightly", root: Path = PROJECT_ROOT) -> tuple[int, str, str]:
        """Run a command in a process of its own; give its exit code, output and errors."""
        process = self.begin(command, root)
        out, err = process.communicate()
        return process.returncode, out, err

    def run_here(self, **variables: str) -> tuple[int, str, str]:
        """Run a night in this process, which saves the imports; give what `run` gives."""
        with (
            mock.patch.dict(os.environ, self.environment | variables),
            tempfile.TemporaryFile("w+") as out,
            tempfile.TemporaryFile("w+") as err,
        ):
            with _printing_into(out, err):
                code = cli.main(["nightly"])
            out.seek(0)
            err.seek(0)
            return code, out.read(), err.read()

    def manifest(self) -> dict[str, Any]:
        """The manifest of what is published."""
        content: dict[str, Any] = json.loads((self.current / "manifest.json").read_text())
        return content

    def digests(self) -> dict[str, str]:
        """The digests of what is published, as far as two runs must agree."""
        return {
            path: digest
            for path, digest in self.manifest()["sha256"].items()
            if Path(path).stem not in RUN_DEPENDENT
        }

    def published(self) -> dict[str, str]:
        """Every byte that is published: where `current` leads, and a digest of each file."""
        files = {
            path.relative_to(self.home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted((self.home / "published").rglob("*"))
            if path.is_file()
        }
        return {"current": str(self.current.readlink()), **files}


@contextmanager
def _printing_into(out: IO[str], err: IO[str]) -> Iterator[None]:
    """Let all that this process prints go into files, as the terminal of a process would."""
    kept = os.dup(1), os.dup(2)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    try:
        with (
            open(1, "w", closefd=False) as of_out,
            open(2, "w", closefd=False) as of_err,
            redirect_stdout(of_out),
            redirect_stderr(of_err),
        ):
            yield
    finally:
        for number, before in zip((1, 2), kept, strict=True):
            os.dup2(before, number)
            os.close(before)
