"""Names as they sound, in either order and spelling."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.identity.readings import (
    letters_of,
    reading_of,
    reading_of_local_part,
    script_of,
)
from orchestration.text.names import normalise_person_name


def reading(name: str, kana: str | None = None) -> str | None:
    return reading_of(normalise_person_name(name), kana)


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("山田太郎", "kanji"),
        ("ヤマダ タロウ", "kana"),
        ("やまだ　たろう", "kana"),
        ("Taro Yamada", "latin"),
        ("Émile Zola", "latin"),
        ("山田 Taro", "latin"),
        ("さくら 花子", "kanji"),
        ("محمد", "kanji"),
    ],
)
def test_a_name_is_written_in_one_script(name: str, script: str):
    assert script_of(normalise_person_name(name) or "") == script


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("山田 太郎", "太郎 山田"),
        ("Taro Yamada", "YAMADA Taro"),
        ("ヤマダ タロウ", "たろう やまだ"),
        ("髙橋 花子", "花子高橋"),
    ],
)
def test_the_order_of_names_does_not_count(one: str, other: str):
    assert letters_of(normalise_person_name(one) or "") == letters_of(
        normalise_person_name(other) or ""
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ヤマダ タロウ", "Taro Yamada"),
        ("ヤマダタロウ", "Tarou YAMADA"),
        ("オオノ シンイチ", "Shin'ichi Ohno"),
        ("サトウ ジュンコ", "Junko Satoh"),
        ("サトウ ジュンコ", "Zyunko Sato"),
        ("ナンバ ユウコ", "Yuko Namba"),
        ("ツツイ フミ", "Humi Tutui"),
        ("チバ シュウヘイ", "Syuhei Tiba"),
    ],
)
def test_kana_and_latin_letters_have_one_reading(one: str, other: str):
    assert reading(one) == reading(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [("ヤマダ タロウ", "Jiro Yamada"), ("サトウ ケン", "Ken Sudo"), ("オノ マリ", "Mari Ueno")],
)
def test_other_names_have_other_readings(one: str, other: str):
    assert reading(one) != reading(other)


def test_kanji_have_a_reading_only_by_their_kana():
    assert reading("山田太郎") is None
    assert reading("山田太郎", "ﾔﾏﾀﾞ ﾀﾛｳ") == reading("Taro Yamada")


def test_an_address_spells_a_name_with_two_words():
    assert reading_of_local_part("taro.yamada") == reading("Taro Yamada")
    assert reading_of_local_part("yamada_taro2") == reading("Taro Yamada")
    assert reading_of_local_part("t.yamada") is None
    assert reading_of_local_part("yamada") is None
    assert reading_of_local_part("sales.tokyo.2026") is None


@settings(deadline=None)
@given(st.text(max_size=40), st.one_of(st.none(), st.text(max_size=40)))
def test_any_name_has_a_reading_or_none(name: str, kana: str | None):
    found = reading(name, kana)

    assert found is None or (found.isascii() and found.isalpha())
