"""Folding: width, invisible characters, spaces, case."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.text.fold import OLDER_KANJI, fold, normalise_label


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ("ＤＸ推進ウェビナー　第１回", "dx推進ウェビナー 第1回"),
        ("ｳｪﾋﾞﾅｰ", "ウェビナー"),
        ("夏のセミナー〜基礎編〜", "夏のセミナー~基礎編~"),
        ("夏のセミナー～基礎編～", "夏のセミナー~基礎編~"),
        ("White Paper – 2026", "white paper - 2026"),
        ("White\u00a0Paper\t—\n2026", "white paper - 2026"),
        ("①お問い合わせ\ufeff", "1お問い合わせ"),
        ("No\u200bShow", "noshow"),
        ("null\x00byte", "nullbyte"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("\u202eabc\u202c", "abc"),
        ("   ", None),
        ("\u200b", None),
        ("", None),
    ],
)
def test_a_label_has_neither_width_nor_case_nor_odd_spaces(raw: str, label: str | None):
    assert normalise_label(raw) == label


def test_a_mark_that_an_invisible_character_kept_apart_is_joined():
    assert fold("か\u200b\u3099") == "が"


def test_each_older_kanji_maps_to_one_that_stays():
    assert not {chr(letter) for letter in OLDER_KANJI} & set(OLDER_KANJI.values())


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(raw: str):
    assert fold(fold(raw)) == fold(raw)


@settings(deadline=None)
@given(st.text())
def test_a_label_is_its_own_label(raw: str):
    label = normalise_label(raw)

    assert label is None or normalise_label(label) == label


@settings(deadline=None)
@given(st.text())
def test_a_decomposed_text_has_the_label_of_the_composed_one(raw: str):
    assert normalise_label(unicodedata.normalize("NFD", raw)) == normalise_label(
        unicodedata.normalize("NFC", raw)
    )
