"""Rules that one declaration cannot express; each a small function of all seeds.

A rule says nothing about a seed that the project does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from orchestration.rules.cross_calendars import calendars_can_be_computed
from orchestration.rules.cross_identity import match_models_are_whole
from orchestration.rules.cross_scores import (
    caps_cap_something,
    every_score_has_a_band_and_a_grade,
    score_rules_can_match,
    sla_policies_name_grades,
    thresholds_let_an_mql_stay,
)
from orchestration.rules.cross_stages import (
    evidence_can_be_found,
    stages_make_one_ladder,
    statuses_lead_to_fitting_stages,
)
from orchestration.rules.problems import Problem
from orchestration.rules.reading import SeedTable
from orchestration.text.fold import normalise_label

CrossSeedRule = Callable[[Mapping[str, SeedTable]], Iterator[Problem]]


def labels_are_folded(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """What is compared with normal forms, every column named `*_label`, is written as one.

    Args:
        tables: All seeds by name.

    Yields:
        Labels that no normal form can equal.
    """
    for table in tables.values():
        names = [column.name for column in table.seed.columns if column.name.endswith("_label")]
        for record in table.records:
            for name in names:
                label = record.row[name]
                if label is not None and label != (folded := normalise_label(label)):
                    what = f"{label!r} is compared in lower case and half width"
                    yield table.problem(what, f"write {folded!r}", line=record.line, column=name)


CROSS_SEED_RULES: tuple[CrossSeedRule, ...] = (
    calendars_can_be_computed,
    labels_are_folded,
    score_rules_can_match,
    caps_cap_something,
    every_score_has_a_band_and_a_grade,
    thresholds_let_an_mql_stay,
    sla_policies_name_grades,
    stages_make_one_ladder,
    evidence_can_be_found,
    statuses_lead_to_fitting_stages,
    match_models_are_whole,
)
