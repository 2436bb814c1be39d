"""Declared rules held against rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.errors import LeadsError
from orchestration.rules.checks import check_table
from orchestration.rules.declarations import Seed
from orchestration.rules.reading import Record, SeedTable
from orchestration.rules.seeds import validate_seeds

STAGES = "stage_definitions.csv"
FILE = "seeds/scoring/score_rules.csv"

Spoil = Callable[..., Path]


def refusal(root: Path) -> LeadsError:
    with pytest.raises(LeadsError) as told:
        validate_seeds(root)
    return told.value


def test_rows_at_the_bounds_are_valid(spoil: Spoil):
    validate_seeds(
        spoil("least,-100,0.000001,,,new,,", "most,100,,,,won,,", "any,0,1e3,,a|b,,,2026-01-01")
    )


@pytest.mark.parametrize(
    ("row", "column", "what", "mend"),
    [
        (",1,,,,,,", "rule_id", "empty", "give it a value"),
        ("a,,,,,,,", "points", "empty", "give it a value"),
        ("a,-101,,,,,,", "points", "-101 is out of bounds", "it must be at least -100"),
        ("a,101,,,,,,", "points", "101 is out of bounds", "it must be at most 100"),
        ("a,1,0,,,,,", "weight", "0.0 is out of bounds", "it must be more than 0"),
        (
            "a,1,,,(,,,",
            "pattern",
            "'(' is no regular expression: missing ), unterminated subpattern at position 0",
            "correct the pattern",
        ),
        (
            "a,1,,,部長(?!付),,,",
            "pattern",
            "'部長(?!付)' looks around or refers back, which SQL engines cannot",
            "say it without (?!, for example by a rule placed before",
        ),
        (
            "a,1,,,,plannd,,",
            "stage_key",
            "'plannd' is unknown in stage_definitions.stage_key",
            "use a value that seeds/scoring/stage_definitions.csv has, or add it there",
        ),
        (
            "a,1,,,,,2026-04-01,2026-04-01",
            "valid_to",
            "valid from 2026-04-01 to 2026-04-01, which is no day",
            "let valid_to be after valid_from",
        ),
    ],
)
def test_a_broken_rule_is_told_with_place_value_and_mend(
    row: str, column: str, what: str, mend: str, spoil: Spoil
):
    told = refusal(spoil("first,1,,,,,,", row))

    assert (told.what, told.mend) == (what, mend)
    assert told.where == f"{FILE}, row 3, column {column}"


@pytest.mark.parametrize("pattern", [r"\(\?=", r"\\d+", "a(?:b|c)", r"(?P<x>a)", "(a)(b)"])
def test_a_pattern_that_sql_engines_read_is_accepted(pattern: str, spoil: Spoil):
    validate_seeds(spoil(f"a,1,,,{pattern},,,"))


@pytest.mark.parametrize("pattern", ["(?=a)", "(?<!a)b", r"(a)\1", r"\\(?=a)", "(?P<x>a)(?P=x)"])
def test_a_pattern_that_only_python_reads_is_refused(pattern: str, spoil: Spoil):
    assert "looks around or refers back" in refusal(spoil(f"a,1,,,{pattern},,,")).what


def test_a_value_outside_of_the_accepted_ones_is_told(spoil: Spoil):
    told = refusal(spoil(file=STAGES, old="new,1,open", new="new,1,half-open"))

    assert told.what == "'half-open' is not accepted"
    assert told.mend == "use one of open, closed"


def test_values_that_must_be_unique_are_told_with_the_row_that_has_them(spoil: Spoil):
    told = refusal(spoil(file=STAGES, old="won,3,closed", new="won,3,closed\nlost,3,closed"))

    assert told.what == "the same stage_order 3 as row 4"
    assert told.where == "seeds/scoring/stage_definitions.csv, row 5"


def test_a_row_that_stands_there_twice_is_told(spoil: Spoil):
    assert "the same row as row 2" in refusal(spoil("a,1,,,,,,", "a,1,,,,,,")).what


def test_spans_that_touch_are_valid_and_those_that_overlap_by_a_day_are_not(spoil: Spoil):
    root = spoil(
        "touching,1,,,,,,2026-04-01",
        "touching,2,,,,,2026-04-01,",
        "overlapping,1,,,,,,2026-04-02",
        "overlapping,2,,,,,2026-04-01,",
    )
    told = refusal(root)

    assert told.what == "valid at the same time as row 4 for 'overlapping'"
    assert told.where == f"{FILE}, row 5, column valid_from"
    assert told.mend == "end the earlier row with valid_to on the day this one starts"


def test_an_overlap_is_found_in_any_order_of_the_rows():
    # The second lies within the first; the third touches it.
    spans = [
        (None, date(2026, 3, 1)),
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 3, 1), None),
    ]
    for order in permutations(spans):
        assert len(list(check_table(table_of(list(order))))) == 1


def test_ten_problems_are_told_in_full_and_the_others_counted(spoil: Spoil):
    told = refusal(spoil(*(f"rule{i},x,,,,,," for i in range(12))))

    assert told.what.count("'x' is no integer") == 10
    assert told.what.startswith("12 problems: (1) ")
    assert told.what.endswith("; and 2 more")
    assert told.where == FILE
    assert "\n" not in str(told)


def test_a_broken_seed_does_not_make_references_to_it_look_wrong(spoil: Spoil):
    told = refusal(spoil("a,1,,,,new,,", file=STAGES, old="new,1,open", new="new,x,open"))

    assert told.what == "'x' is no integer"


def table_of(spans: list[tuple[date | None, date | None]]) -> SeedTable:
    columns = [
        {"name": "rule_id", "description": "Rule.", "data_type": "text"},
        {"name": "row", "description": "Makes rows differ.", "data_type": "integer"},
        {"name": "valid_from", "description": "First day.", "data_type": "date"},
        {"name": "valid_to", "description": "Day after the last.", "data_type": "date"},
    ]
    seed = Seed.model_validate(
        {
            "name": "rules",
            "description": "Rules.",
            "columns": columns,
            "config": {"meta": {"valid_per": ["rule_id"]}},
            "declared_in": "seeds/scoring/_scoring__seeds.yml",
        }
    )
    records = [
        Record(line, {"rule_id": "a", "row": line, "valid_from": valid_from, "valid_to": valid_to})
        for line, (valid_from, valid_to) in enumerate(spans, start=2)
    ]
    return SeedTable(seed, records)


DAYS = st.none() | st.integers(0, 12).map(lambda day: date(2026, 1, 1) + timedelta(days=day))


@settings(deadline=None)
@given(spans=st.lists(st.tuples(DAYS, DAYS), max_size=5))
def test_spans_are_refused_exactly_when_a_day_is_in_two_of_them_or_one_has_no_day(
    spans: list[tuple[date | None, date | None]],
):
    def days(span: tuple[date | None, date | None]) -> set[date]:
        first, last = date(2025, 12, 25), date(2026, 1, 20)
        every_day = (first + timedelta(days=step) for step in range((last - first).days))
        return {
            day
            for day in every_day
            if (span[0] is None or span[0] <= day) and (span[1] is None or day < span[1])
        }

    is_wrong = any(not days(span) for span in spans) or any(
        days(one) & days(other) for one, other in combinations(spans, 2)
    )

    assert bool(list(check_table(table_of(spans)))) is is_wrong
