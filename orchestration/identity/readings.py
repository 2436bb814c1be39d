"""Names as they sound: what a name in kanji, in kana and in Latin letters have in common."""

from __future__ import annotations

import re
from functools import lru_cache

import jaconv

from orchestration.text.names import normalise_person_name

_KANA = re.compile(r"[ァ-ヺー・ ]+")
_LATIN = re.compile(r"[a-zà-ɏ]")
# Ways to write one sound in Latin letters, each brought to the shortest of them.
_SPELLINGS = tuple(
    (re.compile(pattern), simple)
    for pattern, simple in (
        (r"[âāàá]", "a"),
        (r"[îīìí]", "i"),
        (r"[ûūùú]", "u"),
        (r"[êēèé]", "e"),
        (r"[ôōòóö]", "o"),
        (r"o[uh](?![aiueoy])|oo", "o"),
        (r"uu", "u"),
        (r"sy(?=[aou])", "sh"),
        (r"si", "shi"),
        (r"ty(?=[aou])", "ch"),
        (r"ti", "chi"),
        (r"(?<!t)tu", "tsu"),
        (r"z[iy](?=[aou])", "j"),
        (r"zi", "ji"),
        (r"jy(?=[aou])", "j"),
        (r"(?<![sc])hu", "fu"),
        (r"cch", "tch"),
        (r"m(?=[bpm])", "n"),
    )
)
_LOCAL_PART_NAMES = re.compile(r"([a-z]{2,})[._-]([a-z]{2,})\d{0,4}", re.ASCII)


def script_of(name_key: str) -> str:
    """Tell how a name is written: latin, kana or kanji; any other script counts as kanji."""
    if _LATIN.search(name_key):
        return "latin"
    return "kana" if _KANA.fullmatch(name_key) else "kanji"


def letters_of(name_key: str) -> str:
    """Give the letters of a name whatever the order of family and given name.

    Words in Latin letters are sorted whole. Japanese names come without spaces, so that their
    characters are sorted: `太郎山田` and `山田太郎` have the same.

    Args:
        name_key: What `normalise_person_name` gives.
    """
    if script_of(name_key) == "latin":
        return " ".join(sorted(name_key.split()))
    return "".join(sorted(name_key.replace(" ", "")))


def reading_of(name_key: str | None, kana: str | None) -> str | None:
    """Give the sound of a name, whatever the order of its parts and the way of spelling.

    Args:
        name_key: What `normalise_person_name` gives.
        kana: The field for the reading, as typed.

    Returns:
        Its Latin letters, sorted, because Japanese text need not part the words; None for a name in
        kanji whose reading is not known.
    """
    spoken = " ".join((kana or "").split())
    if spoken:
        words = [normalise_person_name(word) or "" for word in spoken.split(" ")]
    elif name_key is not None and script_of(name_key) != "kanji":
        words = name_key.split()
    else:
        return None
    return _sorted_sounds([_in_latin(word) for word in words if word])


def reading_of_local_part(local_part: str) -> str | None:
    """Give the sound of a name that an address spells out, as `taro.yamada` does; else None."""
    found = _LOCAL_PART_NAMES.fullmatch(local_part)
    return _sorted_sounds([_simple(found[1]), _simple(found[2])]) if found else None


@lru_cache(maxsize=100_000)
def _in_latin(word: str) -> str:
    return _simple(jaconv.kana2alphabet(jaconv.kata2hira(word)).lower().replace("-", ""))


def _simple(word: str) -> str:
    for pattern, simple in _SPELLINGS:
        word = pattern.sub(simple, word)
    return word


def _sorted_sounds(words: list[str]) -> str | None:
    letters = "".join(words)
    return "".join(sorted(letters)) if letters.isascii() and letters.isalpha() else None
