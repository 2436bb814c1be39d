"""Job-title rules: order, validity, titles held at the same time."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from orchestration.text.normalise import TextRules
from orchestration.text.titles import JobTitle, classify_title, title_rules

DAY = date(2026, 6, 30)


def rule(order: int, pattern: str, level: str, role: str, **validity: date) -> dict[str, object]:
    return {
        "rule_order": order,
        "pattern": pattern,
        "job_level": level,
        "buying_role": role,
        "valid_from": validity.get("valid_from"),
        "valid_to": validity.get("valid_to"),
    }


ASSISTANT = rule(1, "部長付", "staff", "in_charge")
HEAD = rule(2, "部長", "head", "decision_maker")
MANAGER = rule(3, r"\bmanager\b", "manager", "influencer")
OTHER = rule(4, ".", "staff", "in_charge")


def test_the_first_rule_by_order_counts_however_the_rows_come():
    for rows in permutations([ASSISTANT, HEAD, MANAGER, OTHER]):
        rules = title_rules(rows, DAY)

        assert classify_title("部長付", rules).buying_role == "in_charge"
        assert classify_title("営業部長", rules).buying_role == "decision_maker"


def test_the_highest_of_titles_held_together_counts_in_any_order():
    rules = title_rules([ASSISTANT, HEAD, MANAGER, OTHER], DAY)
    for parts in permutations(["部長付", "営業部長", "Manager"]):
        title = classify_title(" 兼 ".join(parts), rules)

        assert (title.job_level, title.is_decision_maker) == ("head", True)


def test_of_equal_roles_the_higher_level_counts():
    rules = title_rules([rule(1, "長", "manager", "in_charge"), OTHER], DAY)

    assert classify_title("担当 兼 班長", rules).job_level == "manager"
    assert classify_title("班長 兼 担当", rules).job_level == "manager"


@pytest.mark.parametrize("kanji_beside", ["営業manager", "managerです", "営業manager職"])
def test_a_latin_word_ends_where_japanese_begins(kanji_beside: str):
    rules = title_rules([MANAGER], DAY)

    assert classify_title(kanji_beside, rules).job_level == "manager"


@pytest.mark.parametrize("longer_word", ["managers", "submanager", "manager2"])
def test_a_latin_word_is_not_found_inside_another(longer_word: str):
    assert classify_title(longer_word, title_rules([MANAGER], DAY)).job_level == "unknown"


def test_a_pattern_in_capitals_finds_titles_in_any_case():
    rules = title_rules([rule(1, r"\bCEO\b", "executive", "decision_maker")], DAY)

    assert classify_title("ｃｅｏ", rules).is_decision_maker


def test_a_rule_holds_from_its_first_day_to_the_day_before_its_last():
    changed = rule(
        1, "部長", "staff", "in_charge", valid_from=date(2026, 4, 1), valid_to=date(2026, 7, 1)
    )
    decides = {
        day: classify_title("部長", title_rules([changed, HEAD], day)).is_decision_maker
        for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1))
    }

    assert list(decides.values()) == [True, False, False, True]


def test_a_title_that_meets_no_rule_is_unknown():
    assert classify_title("社員", title_rules([HEAD], DAY)) == JobTitle(
        "社員", "unknown", False, "none"
    )


def test_a_title_beyond_200_characters_is_judged_by_its_start(shipped: TextRules):
    assert classify_title("あ" * 198 + "部長", shipped.title_rules).is_decision_maker
    assert not classify_title("あ" * 199 + "部長", shipped.title_rules).is_decision_maker


def test_every_stated_title_has_somebody_in_charge_at_least(shipped: TextRules):
    for title in ("x", "директор", "사장", "何でも屋", "42"):
        assert classify_title(title, shipped.title_rules).buying_role != "none"
