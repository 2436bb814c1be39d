"""The commands of the Makefile. Whatever a person can mend ends as one line and exit code 1."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from orchestration.errors import LeadsError
from orchestration.settings import PROJECT_ROOT, Settings

DEMO_LEADS = 2_000
PORT = 3000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The command line without the program; by default that of the process.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m orchestration", description=__doc__)
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("--as-of", default="", help="of replay: the moment, in ISO 8601")
    parser.add_argument("--rules-of", default="that-day", help="of replay: that-day or today")
    given = parser.parse_args(arguments)
    options = {"as_of": given.as_of, "rules_of": given.rules_of}
    try:
        command: Callable[..., None] = COMMANDS[given.command]
        command(Settings.from_environment(), **(options if command is replay else {}))
    except LeadsError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def nightly(settings: Settings) -> None:
    """Run the scheduled job once."""
    from orchestration.nightly import run_nightly

    run_nightly(settings)
    print(f"published: {settings.published / 'current'}")


def sample(settings: Settings) -> None:
    """Write the sample organisation and say how to build it."""
    made = _write_sample(settings)
    print(f"sample: LEADS_RAW={made.raw} LEADS_AS_OF={made.as_of:%Y-%m-%dT%H:%M:%SZ}")


def demo(settings: Settings) -> None:
    """Show it all on the sample organisation."""
    from orchestration.blank import holds_rows
    from orchestration.nightly import run_nightly
    from orchestration.publishing.pages import show_current

    sample_folder = settings.home / "sample"
    if not sample_folder.exists() and holds_rows(settings):
        raise LeadsError(
            "this home holds rows of your own, which the sample's would mix with",
            where=f"LEADS_HOME, {settings.home}",
            mend="set LEADS_HOME to an empty folder for the demo",
        )
    print(f"writing a sample organisation of {DEMO_LEADS:,} leads to {sample_folder}")
    run_nightly(_write_sample(settings))
    show_current(settings)


def blank(settings: Settings) -> None:
    """Make a warehouse without rows where there is none, so that the models can be compiled."""
    from orchestration.blank import make_blank_warehouse

    make_blank_warehouse(settings)


def rollback(settings: Settings) -> None:
    """Let readers have the version before the current one again."""
    from orchestration.publishing.versions import Versions

    print(f"published again: {Versions(settings.published).roll_back()}")


def report(settings: Settings) -> None:
    """Write the report page of what is published."""
    from orchestration.publishing.files import MartFiles
    from orchestration.publishing.pages import write_report_page
    from orchestration.publishing.versions import Versions

    page = settings.home / "report" / "index.html"
    write_report_page(MartFiles(Versions(settings.published).current()), page)
    print(page)


def docs(settings: Settings) -> None:
    """Write the dbt documentation of the project as it is now."""
    from orchestration.defs.dbt_command import generate_documentation
    from orchestration.defs.night import only_night
    from orchestration.publishing.versions import Versions

    Versions(settings.published).current()
    page = settings.home / "docs" / "index.html"
    page.parent.mkdir(exist_ok=True)
    with only_night(settings.home):
        shutil.copyfile(generate_documentation(PROJECT_ROOT, settings.home / "dbt"), page)
    print(page)


def replay(settings: Settings, as_of: str, rules_of: str) -> None:
    """Value all leads as of a past day, beside the warehouse."""
    from orchestration.replaying.replay import RULES_OF, replay
    from orchestration.settings import moment_of

    known = next((known for known in RULES_OF if known == rules_of), None)
    if not as_of.strip() or known is None:
        raise LeadsError(
            f"'{rules_of}' names no rules" if known is None else "no moment is named",
            where="--rules-of" if known is None else "--as-of",
            mend="write it as replay --as-of 2026-03-31 --rules-of that-day, or today",
        )
    replayed = replay(settings, moment_of(as_of, "--as-of"), known)
    bands = ", ".join(f"{leads:,} {band}" for band, leads in replayed.bands.items())
    print(f"{replayed.leads:,} leads: {bands}")
    print(replayed.path)


def train_identity(settings: Settings) -> None:
    """Estimate from the warehouse how telling it is when fields of two records agree."""
    from orchestration.defs.night import only_night
    from orchestration.landing.declarations import read_project
    from orchestration.steps.build import current_build, local_day
    from orchestration.steps.matches import match_model
    from orchestration.steps.training import write_trained_weights
    from orchestration.warehouse import open_warehouse

    path = settings.home / "identity" / "match_weights.csv"
    with only_night(settings.home), open_warehouse(settings.warehouse) as connection:
        day = local_day(current_build(connection).as_of, read_project(PROJECT_ROOT).time_zone)
        model = match_model(PROJECT_ROOT, day)
        persons = write_trained_weights(connection, model, f"trained-{day}", path)
    print(f"learned from {persons:,} persons: {path}")
    print("review it, add it to seeds/identity/match_weights.csv, name it in match_settings.csv")


def ui(settings: Settings) -> None:
    """Become Dagster's page and daemon; the schedule runs as long as they do."""
    from orchestration.nightly import dagster_home

    home = dagster_home(settings)
    os.environ |= {
        "DAGSTER_HOME": str(home),
        "LEADS_HOME": str(settings.home),
        "LEADS_RAW": str(settings.raw),
        "PYTHONPATH": str(PROJECT_ROOT),
    }
    # In the instance's own folder: elsewhere Dagster warns of a second dagster.yaml.
    os.chdir(home)
    dagster = str(Path(sys.executable).with_name("dagster"))
    address = ["--host", "127.0.0.1", "--port", str(PORT)]
    code = ["--module-name", "orchestration.definitions"]
    os.execv(dagster, [dagster, "dev", *address, *code])  # noqa: S606 - the project's own dagster


def _write_sample(settings: Settings) -> Settings:
    """Write the sample and give the settings with which it is built."""
    from dataclasses import replace
    from datetime import datetime

    from orchestration.defs.night import only_night
    from sample import SampleSpec, write_sample

    # No night may read a sample that is being written.
    with only_night(settings.home):
        made = write_sample(SampleSpec(leads=DEMO_LEADS, out=settings.home / "sample"))
    return replace(settings, raw=made.out / "raw", as_of=datetime.fromisoformat(made.as_of))


COMMANDS = {
    command.__name__.replace("_", "-"): command
    for command in (
        nightly,
        sample,
        demo,
        blank,
        rollback,
        report,
        docs,
        replay,
        train_identity,
        ui,
    )
}
