"""Rules about points, caps, thresholds, grades, and what is decided by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from orchestration.rules.problems import Problem
from orchestration.rules.reading import SeedRow, SeedTable

# What a rule of each kind needs, for what it would do without; and what it must leave empty.
_NEEDS = {
    "behaviour": {
        "activity_type": "matches nothing",
        "daily_limit": "counts any number of times a day",
    },
    "attribute": {"attribute": "matches nothing", "attribute_value": "matches nothing"},
}
_EMPTY = {
    "behaviour": ("attribute", "attribute_value"),
    "attribute": ("activity_type", "content_category", "daily_limit"),
}


def score_rules_can_match(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """A behaviour rule names an activity and a limit, an attribute rule attribute and values.

    Args:
        tables: All seeds by name.

    Yields:
        Rules that could match nothing, or say what their kind does not look at.
    """
    if not _has(tables, "score_rules", "score_kind"):
        return
    table = tables["score_rules"]
    for record in table.records:
        kind = record.row["score_kind"]
        for column, consequence in _NEEDS.get(kind, {}).items():
            if record.row[column] is None:
                what = f"a rule of kind {kind} without {column} {consequence}"
                yield table.problem(what, "give it a value", line=record.line, column=column)
        for column in _EMPTY.get(kind, ()):
            if record.row[column] is not None:
                what = f"a rule of kind {kind} does not look at {column}"
                yield table.problem(what, "leave it empty", line=record.line, column=column)


def caps_cap_something(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """The rule or group of a cap exists.

    Args:
        tables: All seeds by name.

    Yields:
        Caps on rules and groups that no score rule has.
    """
    if not (_has(tables, "score_caps", "scope_key") and _has(tables, "score_rules", "rule_group")):
        return
    rules, table = tables["score_rules"], tables["score_caps"]
    known = {
        "rule": {record.row["rule_id"] for record in rules.records},
        "group": {record.row["rule_group"] for record in rules.records},
    }
    for record in table.records:
        scope, key = record.row["scope"], record.row["scope_key"]
        if key not in known[scope]:
            what = f"there is no {scope} {key!r} in score_rules"
            mend = f"name a {scope} that {rules.seed.file} has"
            yield table.problem(what, mend, line=record.line, column="scope_key")


def every_score_has_a_band_and_a_grade(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """On every day there is a band, and a grade of each axis, without a least number of points.

    Args:
        tables: All seeds by name.

    Yields:
        The days on which low scores would have none.
    """
    for name, least, axis in (
        ("score_bands", "min_total", None),
        ("score_grades", "min_points", "axis"),
    ):
        if not _has(tables, name, least):
            continue
        table = tables[name]
        rows = [record.row for record in table.records]
        for key in sorted({row[axis] if axis else "" for row in rows}):
            lowest = [
                row for row in rows if row[least] is None and (axis is None or row[axis] == key)
            ]
            day = _first_day_without(lowest)
            if day is not None:
                since = "" if day == date.min else f" from {day} on"
                what = f"no row {f'of axis {key} ' if axis else ''}without {least} holds{since}"
                yield table.problem(what, f"add one whose {least} is empty", column=least)


def thresholds_let_an_mql_stay(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """The threshold under which an MQL is lost lies not above the one at which it is gained.

    Args:
        tables: All seeds by name.

    Yields:
        Criteria that would lose a lead the moment it is gained.
    """
    if not _has(tables, "mql_criteria", "exit_threshold"):
        return
    table = tables["mql_criteria"]
    for record in table.records:
        gained, lost = record.row["threshold"], record.row["exit_threshold"]
        if lost > gained:
            what = f"exit_threshold {lost} is above threshold {gained}"
            mend = "a lead that just qualified must not be lost at once: lower it"
            yield table.problem(what, mend, line=record.line, column="exit_threshold")


def sla_policies_name_grades(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """The grades of a policy are a letter of fit and a digit of behaviour that exist.

    Args:
        tables: All seeds by name.

    Yields:
        Grades that no lead can have.
    """
    if not (_has(tables, "sla_policies", "grades") and _has(tables, "score_grades", "grade")):
        return
    grades = [record.row for record in tables["score_grades"].records]
    known = {
        fit["grade"] + behaviour["grade"]
        for fit in grades
        for behaviour in grades
        if (fit["axis"], behaviour["axis"]) == ("fit", "behaviour")
    }
    table = tables["sla_policies"]
    for record in table.records:
        for grade in (record.row["grades"] or "").split("|"):
            if grade and grade not in known:
                what = f"there is no grade {grade!r}"
                mend = f"use some of {', '.join(sorted(known))}"
                yield table.problem(what, mend, line=record.line, column="grades")


def _has(tables: Mapping[str, SeedTable], seed: str, column: str) -> bool:
    return seed in tables and tables[seed].seed.column(column) is not None


def _first_day_without(rows: list[SeedRow]) -> date | None:
    """The first day on which none of some rows is valid; None if there is no such day."""
    reached = date.min
    for valid_from, valid_to in sorted(
        (row["valid_from"] or date.min, row["valid_to"] or date.max) for row in rows
    ):
        if valid_from > reached:
            return reached
        reached = max(reached, valid_to)
    return reached if reached < date.max else None
