"""Names of companies and of persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import jaconv

from orchestration.text.fold import OLDER_KANJI, normalise_label

_BRACKETS: dict[int, int] = str.maketrans("[]{}〔〕【】〈〉《》「」『』<>", "()()()()()()()()()")
# キヤノン, シヤチハタ: registered with large kana, written with small ones.
_SMALL_KANA: dict[int, int] = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_COMPANY_LETTERS: dict[int, int | str] = {**OLDER_KANJI, **_BRACKETS, **_SMALL_KANA}
_NO_LETTERS = re.compile(r"[\W_]+")
_BETWEEN_WORDS = r"[\s.,&]*"

_PERSON_TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof)(?:\. ?| )(?=\S)|(?<=[々一-鿿 ]) ?(?:様|さま|さん|殿|先生)$"
)
_NOT_IN_NAMES = re.compile(r"[^\w々ー]+|_+")
# Japanese names are written with and without a space; names in letters need theirs.
_LETTERS_APART = re.compile(r"(?<![a-zÀ-ɏ]) | (?![a-zÀ-ɏ])")


@dataclass(frozen=True)
class CompanyForms:
    """Legal forms as they stand in company names.

    Attributes:
        front: Matches a form at the start of a name.
        behind: Matches a form at the start of a name written backwards.
        no_names: Keys of entries that name no company, such as 個人.
    """

    front: re.Pattern[str]
    behind: re.Pattern[str]
    no_names: frozenset[str]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> CompanyForms:
        """Prepare the rows of the seed `company_forms`."""
        spelled = [(_company_letters(row["form"]), row["position"]) for row in rows]
        return cls(
            front=_starts_with([form for form, at in spelled if at in ("front", "either")]),
            behind=_starts_with([form[::-1] for form, at in spelled if at in ("behind", "either")]),
            no_names=frozenset(_NO_LETTERS.sub("", form) for form, at in spelled if at == "whole"),
        )


def normalise_company(raw: str, forms: CompanyForms) -> str | None:
    """The form in which company names are compared.

    Width, case, spaces, punctuation, older kanji and small kana do not count, nor do legal forms in
    front or behind: `㈱髙橋商店`, `株式会社 高橋商店` and `高橋商店（株）` have one key.

    Args:
        raw: Any text.
        forms: The legal forms.

    Returns:
        The key, or None when the text names no company.
    """
    name = _company_letters(raw)
    while True:
        if front := forms.front.match(name):
            name = name[front.end() :]
        backwards = name[::-1]
        behind = forms.behind.match(backwards)
        if behind:
            name = backwards[behind.end() :][::-1]
        if not (front or behind):
            break
    key = _NO_LETTERS.sub("", name)
    return None if key in forms.no_names else key or None


def normalise_person_name(raw: str) -> str | None:
    """The form in which names of persons are compared; their order is kept.

    Kana become full-width katakana, older kanji today's; spaces between Japanese characters, forms
    of address and punctuation go.

    Args:
        raw: Any text, such as `髙橋　はなこ 様`.

    Returns:
        The key (`高橋ハナコ`), or None when nothing is left.
    """
    name = (normalise_label(raw) or "").translate(OLDER_KANJI)
    name = _NOT_IN_NAMES.sub(" ", _PERSON_TITLE.sub("", name).replace("'", ""))
    return jaconv.hira2kata(_LETTERS_APART.sub("", name.strip())) or None


def _company_letters(text: str) -> str:
    return (normalise_label(text) or "").translate(_COMPANY_LETTERS)


def _starts_with(forms: list[str]) -> re.Pattern[str]:
    """A pattern for any of the forms at the start, the longest first."""
    longest_first = sorted(set(forms), key=lambda form: (-len(form), form))
    either = "|".join(_form_pattern(form) for form in longest_first) or r"(?!)"
    return re.compile(rf"{_BETWEEN_WORDS}(?:{either}){_BETWEEN_WORDS}")


def _form_pattern(form: str) -> str:
    """Latin words end where the letters end, dots and spaces open; in Japanese spaces are open."""
    if form.isascii() and not re.search(r"[()]", form):
        words = re.findall(r"\w+", form)
        return _BETWEEN_WORDS.join(words) + r"(?![a-z0-9À-ɏ])"
    return r"\s*".join(re.escape(letter) for letter in form if letter != " ")
