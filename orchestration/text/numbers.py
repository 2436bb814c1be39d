"""Numbers that people type as text: telephone numbers and corporate numbers."""

from __future__ import annotations

import re

from orchestration.text.fold import fold

# A registration number for invoices is the corporate number behind a T.
_CORPORATE_NUMBER = re.compile(r"t?(\d{13})(?:\.0)?", re.ASCII)
_SEPARATORS = re.compile(r"[\s-]+")
# What is longer is no number; several numbers in one field fit in.
_LONGEST = 60
# The library allows for 17 digits, which only a few services of one carrier have.
_JAPAN, _LONGEST_IN_JAPAN = 81, 10
_WORDS = re.compile(
    r"^(?:tel|phone|fax|mobile|電話(?:番号)?|携帯(?:電話)?|代表|直通)[.:\s]*", re.IGNORECASE
)
_EXTENSION = re.compile(
    r"[\s,;(]*(?:内線|ext(?:ension)?\.?|x)[\s:.]*(\d{1,6})\)?\s*$", re.IGNORECASE
)
_ONE_OF_MANY = re.compile(r"[/,;、]|\s(?:or|または|又は)\s")
# 0 in brackets is dialled within the country alone: +81 (0)3.
_TRUNK_ZERO = re.compile(r"(?<=\d)\s*\(0\)\s*")
_REMARK = re.compile(r"\([^()\d]*\)")


def normalise_corporate_number(raw: str) -> str | None:
    """Read a Japanese corporate number (法人番号) whose check digit is right.

    Args:
        raw: Any text, such as `7000-0120-5000-2` or `Ｔ７００００１２０５０００２`.

    Returns:
        Its thirteen digits, or None.
    """
    found = _CORPORATE_NUMBER.fullmatch(_SEPARATORS.sub("", fold(raw).lower()))
    if found is None or found[1][0] != str(_check_digit(found[1][1:])):
        return None
    return found[1]


def normalise_phone(raw: str, region: str = "JP") -> str | None:
    """Read one telephone number.

    Args:
        raw: Any text, such as `０３−１２３４−５６７８（代表）` or `+81 (0)3 1234 5678`.
        region: The country of numbers without a country code.

    Returns:
        The number as `+81312345678`, followed by `;ext=12` where it has an extension; None for what
        cannot be a number. Whether it was ever given to anybody is not asked.
    """
    import phonenumbers

    text = fold(raw)
    if not text or len(text) > _LONGEST:
        return None
    text = _REMARK.sub(" ", _WORDS.sub("", _TRUNK_ZERO.sub(" ", text))).strip()
    extension = _EXTENSION.search(text)
    number = _ONE_OF_MANY.split(text[: extension.start()] if extension else text)[0]
    try:
        read = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    digits = str(read.national_number)
    is_too_long = read.country_code == _JAPAN and len(digits) > _LONGEST_IN_JAPAN
    if not phonenumbers.is_possible_number(read) or is_too_long or len(set(digits)) == 1:
        return None
    e164 = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)
    inner = extension[1] if extension else read.extension
    return f"{e164};ext={inner}" if inner else e164


def _check_digit(digits: str) -> int:
    """9 - (sum of the digits from the right, every second one twice) mod 9.

    Source: the ordinance of the Ministry of Finance on corporate numbers, article 2.
    """
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return 9 - total % 9
