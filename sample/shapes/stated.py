"""What people have stated so far: the answers and titles on record at any moment."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import DAY, NEVER, Bools, Ints, Rng, whole
from sample.world.forms import Answers
from sample.world.people import STUDENT_TITLE, People

FIELDS = ("purchase_timeline", "budget", "stated_problem", "decision_role")
MONTHS = (
    "1ヶ月以内", "3ヶ月以内", "6ヶ月以内", "1年以内", "未定",
    "within 1 month", "within 3 months", "within 6 months", "within 1 year", "undecided",
    "１ヶ月以内", "3か月以内", "半年以内", "１年以内", "未定",
)  # fmt: skip
BUDGETS = (
    "確保済み", "申請中", "未定", "なし", "500万円〜1000万円",
    "secured", "requested", "undecided", "none", "5-10 million yen",
    "確保済み", "申請中", "未定", "なし", "100万円〜500万円",
)  # fmt: skip
ROLES = (
    "決裁者", "推薦者", "担当者", "情報収集",
    "Decision maker", "Influencer", "Person in charge", "Gathering information",
)  # fmt: skip
PROBLEMS = (
    "稟議・申請の承認に時間がかかる", "紙とExcelの申請書が残っている", "内部統制・監査への対応",
    "経費精算の工数削減", "テレワークで押印できない", "電子帳簿保存法への対応",
    "既存システムの保守費が高い", "拠点ごとに手順がばらばら",
)  # fmt: skip
VOCABULARIES = (MONTHS, BUDGETS, PROBLEMS, ROLES)
PROMOTED_SHARE = 0.04


@dataclass(frozen=True)
class Statements:
    """Answers as words: one code per field and statement, -1 where nothing was said."""

    person: Ints
    at: Ints
    codes: tuple[Ints, Ints, Ints, Ints]
    promoted: Ints
    last_change: Ints


@dataclass(frozen=True)
class Change:
    """Changes of one field; old is -1 where there was no value."""

    person: Ints
    at: Ints
    old: Ints
    new: Ints


def put_in_words(rng: Rng, people: People, answers: Answers, end: int) -> Statements:
    """Choose the words of each answer, and when titles changed."""
    size = len(people)
    block = np.where(answers.english, 1, 2 * (rng.random(len(answers.at)) < 0.15))
    months = np.where(answers.months >= 0, answers.months + 5 * block, -1)
    budget = np.where(answers.budget >= 0, answers.budget + 5 * block, -1)
    role = np.where(answers.role >= 0, answers.role + 4 * (block == 1), -1)
    risen = (
        (rng.random(size) < PROMOTED_SHARE) & (people.title >= 0) & (people.title < STUDENT_TITLE)
    )
    when = people.created + whole(rng.random(size) * (end - people.created - DAY // 2)) + 3_600
    promoted = np.where(risen & (when < end), when, NEVER)
    last = people.created.copy()
    np.maximum.at(last, answers.person, answers.at)
    last = np.maximum(last, np.where(promoted < NEVER, promoted, 0))
    return Statements(
        answers.person, answers.at, (months, budget, answers.problem, role), promoted, last
    )


def stated_at(statements: Statements, field: int, size: int, at: Ints) -> Ints:
    """Return each person's newest answer to a field at a moment."""
    code = statements.codes[field]
    usable = (code >= 0) & (statements.at <= at[statements.person])
    result = np.full(size, -1, dtype=np.int64)
    result[statements.person[usable]] = code[usable]
    return result


def changes(statements: Statements, field: int, usable_person: Bools) -> Change:
    """Return when the answer to a field became another one."""
    code = statements.codes[field]
    rows = np.flatnonzero((code >= 0) & usable_person[statements.person])
    person, new = statements.person[rows], code[rows]
    known = np.r_[False, person[1:] == person[:-1]] if len(rows) else np.zeros(0, dtype=np.bool_)
    old = np.where(known, np.r_[-1, new[:-1]] if len(rows) else new, -1)
    differs = old != new
    return Change(person[differs], statements.at[rows][differs], old[differs], new[differs])
