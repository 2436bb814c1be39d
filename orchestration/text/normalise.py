"""Normal forms of many texts at once: one row per distinct raw text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from orchestration.errors import LeadsError
from orchestration.text.addresses import (
    is_free_mail,
    is_shared_mailbox,
    normalise_domain,
    normalise_email,
)
from orchestration.text.fold import fold, normalise_label
from orchestration.text.names import CompanyForms, normalise_company, normalise_person_name
from orchestration.text.numbers import normalise_corporate_number
from orchestration.text.places import Prefectures, prefecture_of
from orchestration.text.titles import TitleRules, classify_title, title_rules

Row = tuple[str | bool | None, ...]


@dataclass(frozen=True)
class TextRules:
    """What the seeds in `seeds/people` say, prepared for use."""

    title_rules: TitleRules
    company_forms: CompanyForms
    free_mail_domains: frozenset[str]
    shared_mailboxes: frozenset[str]
    prefectures: Prefectures

    @classmethod
    def from_seeds(cls, read: Callable[[str], Iterable[Mapping[str, Any]]], day: date) -> TextRules:
        """Prepare the five seeds.

        Args:
            read: Gives the rows of the seed of a name.
            day: The day of the build; title rules that are not valid on it are left out.
        """
        return cls(
            title_rules=title_rules(read("job_title_rules"), day),
            company_forms=CompanyForms.from_rows(read("company_forms")),
            free_mail_domains=frozenset(
                fold(row["domain"]).lower() for row in read("free_mail_domains")
            ),
            shared_mailboxes=frozenset(
                fold(row["local_part"]).lower() for row in read("shared_mailboxes")
            ),
            prefectures=Prefectures.from_rows(read("prefectures")),
        )


@dataclass(frozen=True)
class _Kind:
    """The columns beside `raw_value`, and the function that fills them."""

    columns: Mapping[str, pa.DataType]
    normal_form: Callable[[str, TextRules], Row]


def normalise_texts(kind: str, raw_values: Iterable[str], rules: TextRules) -> pa.Table:
    """Bring texts of one kind to their normal form.

    Args:
        kind: One of `TEXT_KINDS`.
        raw_values: The texts; repeated ones give one row.
        rules: The prepared seeds.

    Returns:
        One row per distinct text, in the order of first appearance: `raw_value`, then by kind

        - email: `email`, `local_part`, `domain`, `is_free_mail`, `is_shared_mailbox`; all null
          where the text is no address
        - domain: `domain`
        - label: `label`
        - company: `company_key`
        - corporate_number: `corporate_number`
        - person_name: `name_key`
        - prefecture: `prefecture`
        - job_title: `title_key`, `job_level`, `is_decision_maker`, `buying_role`

    Raises:
        LeadsError: There is no such kind.
    """
    if kind not in _KINDS:
        raise LeadsError(
            f"{kind!r} is no kind of text", where="normalise_texts", mend=f"use one of {TEXT_KINDS}"
        )
    chosen = _KINDS[kind]
    distinct = list(dict.fromkeys(raw_values))
    rows = [chosen.normal_form(raw, rules) for raw in distinct]
    types = {"raw_value": pa.string(), **chosen.columns}
    values = [[row[position] for row in rows] for position in range(len(chosen.columns))]
    arrays = [
        pa.array(column, type)
        for column, type in zip([distinct, *values], types.values(), strict=True)
    ]
    return pa.table(arrays, names=list(types))


def _email(raw: str, rules: TextRules) -> Row:
    address = normalise_email(raw)
    if address is None:
        return None, None, None, None, None
    return (
        address.email,
        address.local_part,
        address.domain,
        is_free_mail(address.domain, rules.free_mail_domains),
        is_shared_mailbox(address.local_part, rules.shared_mailboxes),
    )


def _job_title(raw: str, rules: TextRules) -> Row:
    title = classify_title(raw, rules.title_rules)
    return title.title_key, title.job_level, title.is_decision_maker, title.buying_role


_KINDS: dict[str, _Kind] = {
    "email": _Kind(
        {
            "email": pa.string(),
            "local_part": pa.string(),
            "domain": pa.string(),
            "is_free_mail": pa.bool_(),
            "is_shared_mailbox": pa.bool_(),
        },
        _email,
    ),
    "domain": _Kind({"domain": pa.string()}, lambda raw, rules: (normalise_domain(raw),)),
    "label": _Kind({"label": pa.string()}, lambda raw, rules: (normalise_label(raw),)),
    "company": _Kind(
        {"company_key": pa.string()},
        lambda raw, rules: (normalise_company(raw, rules.company_forms),),
    ),
    "corporate_number": _Kind(
        {"corporate_number": pa.string()}, lambda raw, rules: (normalise_corporate_number(raw),)
    ),
    "person_name": _Kind(
        {"name_key": pa.string()}, lambda raw, rules: (normalise_person_name(raw),)
    ),
    "prefecture": _Kind(
        {"prefecture": pa.string()}, lambda raw, rules: (prefecture_of(raw, rules.prefectures),)
    ),
    "job_title": _Kind(
        {
            "title_key": pa.string(),
            "job_level": pa.string(),
            "is_decision_maker": pa.bool_(),
            "buying_role": pa.string(),
        },
        _job_title,
    ),
}
TEXT_KINDS = tuple(_KINDS)
