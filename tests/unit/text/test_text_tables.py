"""Real-looking texts, one case a row: `<kind>.csv` beside this file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from orchestration.text.normalise import TextRules, normalise_texts

TABLES = {
    "job_titles": "job_title",
    "companies": "company",
    "emails": "email",
    "person_names": "person_name",
    "domains": "domain",
    "corporate_numbers": "corporate_number",
    "prefectures": "prefecture",
}


def cases() -> list[tuple[str, dict[str, str]]]:
    found = []
    for file, kind in TABLES.items():
        text = Path(__file__).with_name(f"{file}.csv").read_text(encoding="utf-8")
        found += [(kind, row) for row in csv.DictReader(text.splitlines())]
    return found


@pytest.mark.parametrize(("kind", "expected"), cases())
def test_each_text_of_the_tables_has_its_normal_form(
    kind: str, expected: dict[str, str], shipped: TextRules
):
    (found,) = normalise_texts(kind, [expected["raw"]], shipped).to_pylist()
    shown = {
        name: str(value).lower() if isinstance(value, bool) else value or ""
        for name, value in found.items()
    }

    assert {name: shown[name] for name in expected if name != "raw"} == {
        name: value for name, value in expected.items() if name != "raw"
    }


def test_the_tables_are_large_and_say_nothing_twice():
    raws = [(kind, row["raw"]) for kind, row in cases()]

    assert len(raws) >= 400
    assert len(set(raws)) == len(raws)
