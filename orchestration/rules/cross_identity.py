"""Rules about the numbers by which records are judged to be one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestration.identity.comparisons import COMPARISONS
from orchestration.rules.problems import Problem
from orchestration.rules.reading import SeedTable


def match_models_are_whole(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """Every version has one weight per level, and merging asks for more than listing does.

    Args:
        tables: All seeds by name.

    Yields:
        Levels without a weight, weights without a level, thresholds that cross.
    """
    if not {"match_settings", "match_weights"} <= tables.keys():
        return
    settings, weights = tables["match_settings"], tables["match_weights"]
    levels = {(each.name, level) for each in COMPARISONS for level in each.level_names()}
    known: dict[str, set[tuple[str, str]]] = {}
    for record in weights.records:
        row = record.row
        level = (row["comparison"], row["level"])
        known.setdefault(row["model_version"], set()).add(level)
        if level not in levels:
            what = f"{row['comparison']} has no level {row['level']!r}"
            names = ", ".join(name for comparison, name in sorted(levels) if comparison == level[0])
            yield weights.problem(what, f"use one of {names}", line=record.line, column="level")
    for version, given in sorted(known.items()):
        for comparison, name in sorted(levels - given):
            what = f"version {version!r} has no weight for the level {name!r} of {comparison}"
            yield weights.problem(what, "add the row", column="level")
    for record in settings.records:
        if record.row["review_threshold"] > record.row["auto_threshold"]:
            what = "pairs would be merged that are too improbable to be listed"
            mend = "give review_threshold no more than auto_threshold"
            yield settings.problem(what, mend, line=record.line, column="review_threshold")
