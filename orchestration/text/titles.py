"""Job titles: what level they speak of and what part their holder has in buying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from orchestration.text.fold import OLDER_KANJI, normalise_label

JOB_LEVELS = ("unknown", "staff", "manager", "head", "executive")
BUYING_ROLES = ("none", "in_charge", "influencer", "decision_maker")

# Titles held at the same time; `・` and `&` also stand inside one title, and n/a is one word.
_PARTS = re.compile(r"兼(?:任|務)?|(?<!\b[a-z])/|[、|;]")
# What is longer is no title; patterns that look ahead stay quick.
_LONGEST = 200
# 部　長 is set with a space for looks: a space between two single characters is none.
_SPACED = re.compile(r"(?<!\S)([^\x00-\x7f]) (?=[^\x00-\x7f](?!\S))")


@dataclass(frozen=True)
class JobTitle:
    """What a title says.

    Attributes:
        title_key: The title as the rules see it; None without a letter.
        job_level: executive, head, manager, staff or unknown.
        is_decision_maker: Whether its holder decides on buying.
        buying_role: decision_maker, influencer, in_charge or none.
    """

    title_key: str | None
    job_level: str
    is_decision_maker: bool
    buying_role: str


@dataclass(frozen=True)
class TitleRule:
    """A pattern and what a title says in which it is found."""

    pattern: re.Pattern[str]
    job_level: str
    buying_role: str

    @cached_property
    def rank(self) -> tuple[int, int]:
        """Orders the parts of a title: first by buying role, then by level."""
        return BUYING_ROLES.index(self.buying_role), JOB_LEVELS.index(self.job_level)


TitleRules = tuple[TitleRule, ...]


def title_rules(rows: Iterable[Mapping[str, Any]], day: date) -> TitleRules:
    """Prepare the rows of the seed `job_title_rules` that are valid on a day, in their order.

    Args:
        rows: The seed's rows.
        day: The day of the build.
    """
    valid = [
        row
        for row in rows
        if (row["valid_from"] is None or row["valid_from"] <= day)
        and (row["valid_to"] is None or day < row["valid_to"])
    ]
    # ASCII: a Japanese character ends a word in Latin letters, so `\bceo\b` is found in 代表CEO.
    return tuple(
        TitleRule(
            re.compile(row["pattern"], re.ASCII | re.IGNORECASE),
            row["job_level"],
            row["buying_role"],
        )
        for row in sorted(valid, key=lambda row: row["rule_order"])
    )


def classify_title(raw: str, rules: TitleRules) -> JobTitle:
    """Classify a job title by the first rule whose pattern is found in it.

    Of titles held at the same time (兼) the highest counts.

    Args:
        raw: Any text, such as `執行役員 兼 ＣＴＯ`.
        rules: The rules.

    Returns:
        What the title says; a title that is empty or meets no rule is unknown.
    """
    title_key = _title_key(raw)
    if title_key is None:
        return JobTitle(None, "unknown", False, "none")
    parts = _PARTS.split(title_key[:_LONGEST])
    found = [rule for part in parts if (rule := _first(part.strip(), rules))]
    if not found:
        return JobTitle(title_key, "unknown", False, "none")
    highest = max(found, key=lambda rule: rule.rank)
    is_decision_maker = highest.buying_role == "decision_maker"
    return JobTitle(title_key, highest.job_level, is_decision_maker, highest.buying_role)


def _title_key(raw: str) -> str | None:
    label = normalise_label(raw)
    if label is None or not any(map(str.isalnum, label)):
        return None
    if label.isascii():
        return label
    return _SPACED.sub(r"\1", label.translate(OLDER_KANJI))


def _first(part: str, rules: TitleRules) -> TitleRule | None:
    for rule in rules:
        if rule.pattern.search(part):
            return rule
    return None
