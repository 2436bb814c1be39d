"""Telephone numbers and corporate numbers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.text.numbers import normalise_corporate_number, normalise_phone

PHONES = Path(__file__).with_name("phones.csv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("raw", "phone"), [(row["raw"], row["phone"] or None) for row in csv.DictReader(PHONES)]
)
def test_each_number_of_the_table_has_its_form(raw: str, phone: str | None):
    assert normalise_phone(raw) == phone


def test_a_number_without_country_code_is_of_the_region():
    assert normalise_phone("650-253-0000", "US") == "+16502530000"


@settings(deadline=None)
@given(st.text(alphabet="0123456789-+() 内線ext.x/０", max_size=70))
def test_a_telephone_number_is_its_own_form(raw: str):
    found = normalise_phone(raw)

    assert found is None or normalise_phone(found) == found


def test_the_check_digit_of_a_corporate_number_is_worked_out_by_hand():
    # 7 0000 1205 0002: from the right 2 0 0 0 5 0 2 1 0 0 0 0, every second one twice.
    # 2 + 2*0 + 0 + 2*0 + 5 + 2*0 + 2 + 2*1 + 0 ... = 11; 11 mod 9 = 2; 9 - 2 = 7.
    assert normalise_corporate_number("7000012050002") == "7000012050002"


@settings(deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_one_of_nine_digits_in_front_makes_a_corporate_number(base: int):
    found = [normalise_corporate_number(f"{digit}{base:012}") for digit in range(10)]

    assert len([number for number in found if number]) == 1
    assert found[0] is None
