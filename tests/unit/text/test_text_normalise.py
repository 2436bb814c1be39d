"""The driver over many texts, and inputs nobody meant."""

from __future__ import annotations

import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.errors import LeadsError
from orchestration.text.normalise import TEXT_KINDS, TextRules, normalise_texts

COLUMNS = {
    "email": ["email", "local_part", "domain", "is_free_mail", "is_shared_mailbox"],
    "domain": ["domain"],
    "label": ["label"],
    "company": ["company_key"],
    "corporate_number": ["corporate_number"],
    "prefecture": ["prefecture"],
    "person_name": ["name_key"],
    "job_title": ["title_key", "job_level", "is_decision_maker", "buying_role"],
}
UNMEANT = [
    "a" * 10_000,
    "部長" * 5_000,
    "秘書" * 5_000,
    "元" * 10_000,
    "chief " * 2_000,
    "(株)" * 3_000,
    "." * 10_000,
    "@" * 10_000,
    "<" * 5_000 + "@" * 5_000,
    "a." * 5_000 + "@" + "b." * 5_000,
    " " * 10_000,
    "\x00" * 10_000,
    "1" * 10_000 + "@example.com",
    "http://" * 2_000,
    "兼" * 10_000,
    "م" * 10_000,
    "\u202e株式会社\u202c",
    "👩‍👩‍👧‍👦",
    "\U0010ffff",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
]


@pytest.mark.parametrize("kind", TEXT_KINDS)
def test_no_input_crashes_or_takes_long(kind: str, shipped: TextRules):
    start = time.perf_counter()

    table = normalise_texts(kind, UNMEANT, shipped)

    assert table.column_names == ["raw_value", *COLUMNS[kind]]
    assert table["raw_value"].to_pylist() == UNMEANT
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("kind", TEXT_KINDS)
def test_an_empty_table_and_one_of_nothing_but_nulls_have_the_types_of_a_full_one(
    kind: str, shipped: TextRules
):
    full = normalise_texts(kind, ["info@example.co.jp", "部長"], shipped).schema

    assert normalise_texts(kind, [], shipped).schema == full
    assert normalise_texts(kind, [""], shipped).schema == full
    assert full.field("raw_value").type == pa.string()


def test_a_text_that_comes_twice_gives_one_row_at_its_first_place(shipped: TextRules):
    table = normalise_texts("label", ["B", "a", "B", "b"], shipped)

    assert table["raw_value"].to_pylist() == ["B", "a", "b"]
    assert table["label"].to_pylist() == ["b", "a", "b"]


def test_a_kind_that_does_not_exist_is_told_with_those_that_do(shipped: TextRules):
    with pytest.raises(LeadsError, match=r"'phone' is no kind of text.*person_name"):
        normalise_texts("phone", ["03-1234-5678"], shipped)


@pytest.mark.parametrize("kind", TEXT_KINDS)
@settings(deadline=None)
@given(raws=st.lists(st.text(), unique=True))
def test_each_text_has_its_form_whatever_stands_beside_it(
    kind: str, raws: list[str], shipped: TextRules
):
    together = normalise_texts(kind, raws, shipped).to_pylist()
    alone = [normalise_texts(kind, [raw], shipped).to_pylist()[0] for raw in raws]

    assert together == alone


@settings(deadline=None)
@given(raw=st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_keys_are_their_own_keys(raw: str, shipped: TextRules):
    for kind, column in (("email", "email"), ("domain", "domain"), ("job_title", "title_key")):
        (key,) = normalise_texts(kind, [raw], shipped)[column].to_pylist()
        if key is not None:
            assert normalise_texts(kind, [key], shipped)[column].to_pylist() == [key]
