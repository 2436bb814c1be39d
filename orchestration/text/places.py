"""Prefectures as they stand in addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from orchestration.text.fold import OLDER_KANJI, normalise_label

_POSTAL_CODE = re.compile(r"〒?\s*\d{3}-?\d{4}(?!\d)\s*", re.ASCII)
_COUNTRY = re.compile(r"^(?:日本国?|japan)[\s,、]*|[\s,、(]*(?:日本国?|japan)[\s)]*$")
_PARTS = re.compile(r"[,、\n]+")
_WORD_ENDS = re.compile(r"[\s-]*(?:to|do|fu|ken|pref\.?|prefecture|metropolis)?\.?$")
# What is longer is no address.
_LONGEST = 500


@dataclass(frozen=True)
class Prefectures:
    """How prefectures are written.

    Attributes:
        beginnings: Matches a full name or a city at the start of an address.
        by_beginning: The prefecture of what `beginnings` matches.
        by_short_name: The prefecture of what stands for it alone or between commas.
    """

    beginnings: re.Pattern[str]
    by_beginning: Mapping[str, str]
    by_short_name: Mapping[str, str]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Prefectures:
        """Prepare the rows of the seed `prefectures`."""
        spelled = [(_letters(row["spelling"]), row["prefecture"], row["kind"]) for row in rows]
        names = {spelling: name for spelling, name, kind in spelled if kind == "name"}
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        return cls(
            beginnings=re.compile("|".join(map(re.escape, longest_first)) or r"(?!)"),
            by_beginning=names,
            by_short_name={spelling: name for spelling, name, _ in spelled},
        )


def prefecture_of(raw: str, prefectures: Prefectures) -> str | None:
    """Find the prefecture of an address, or of a field that holds nothing else.

    Args:
        raw: Any text, such as `〒530-0001 大阪市北区梅田1-1`, `Osaka-fu` or `Chuo-ku, Tokyo`.
        prefectures: How they are written.

    Returns:
        The full name, such as `大阪府`, or None.
    """
    address = _COUNTRY.sub("", _POSTAL_CODE.sub("", _letters(raw[:_LONGEST]))).strip()
    if found := prefectures.beginnings.match(address.replace(" ", "")):
        return prefectures.by_beginning[found[0]]
    # Written from the smaller to the larger, the prefecture stands last; before it a city may bear
    # the same name.
    for part in reversed(_PARTS.split(address)):
        word = _POSTAL_CODE.sub("", part).strip()
        short = prefectures.by_short_name.get(word) or prefectures.by_short_name.get(
            _WORD_ENDS.sub("", word)
        )
        if short:
            return short
    first_word = address.partition(" ")[0]
    return prefectures.by_short_name.get(first_word) if not first_word.isascii() else None


def _letters(text: str) -> str:
    return (normalise_label(text) or "").translate(OLDER_KANJI)
