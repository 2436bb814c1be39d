"""What is compared of a person record: its texts, brought to forms that can be equal."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from orchestration.identity.readings import (
    letters_of,
    reading_of,
    reading_of_local_part,
    script_of,
)
from orchestration.text.fold import OLDER_KANJI, normalise_label
from orchestration.text.names import CompanyForms, normalise_company, normalise_person_name
from orchestration.text.numbers import normalise_phone

# One row per person record, as the tools landed it; addresses are normalised already.
FIELDS = pa.schema(
    [
        ("record_key", pa.string()),
        ("person_name", pa.string()),
        ("name_kana", pa.string()),
        ("company_name", pa.string()),
        ("email", pa.string()),
        ("email_domain", pa.string()),  # null where anybody can have an address
        ("is_shared_mailbox", pa.bool_()),
        ("phone", pa.string()),
        ("job_title", pa.string()),
        ("department", pa.string()),
    ]
)

FEATURES = pa.schema(
    [
        ("record_key", pa.string()),
        ("name_key", pa.string()),
        ("name_letters", pa.string()),  # the same in either order of the names
        ("name_script", pa.string()),
        ("name_reading", pa.string()),
        ("kana_reading", pa.string()),  # the reading, where it was typed in kana
        ("mail_reading", pa.string()),
        ("company_key", pa.string()),
        ("company_domain", pa.string()),
        ("phone", pa.string()),
        ("mailbox", pa.string()),
        ("local_part", pa.string()),
        ("is_shared_mailbox", pa.bool_()),
        ("title_key", pa.string()),
        ("department_key", pa.string()),
    ]
)

# What is longer is no name, and comparing it takes the square of its length.
_LONGEST = 100
# In these second levels the company's own name is the third.
_SECOND_LEVELS = re.compile(r"(?:ac|ad|co|com|ed|edu|go|gov|gr|lg|ne|net|nom|or|org)\.[a-z]{2}$")

Names = tuple[str | None, str | None, str | None, str | None]


@dataclass
class _Once:
    """A function of one text that is asked once per distinct text."""

    function: Callable[[str], str | None]

    def __post_init__(self) -> None:
        self._known: dict[str, str | None] = {}

    def __call__(self, raw: str | None) -> str | None:
        if raw is None:
            return None
        if raw not in self._known:
            found = self.function(raw)
            self._known[raw] = found[:_LONGEST] if found else None
        return self._known[raw]


def features_of(records: pa.Table, forms: CompanyForms) -> pa.Table:
    """Bring the texts of person records to forms that can be compared.

    Args:
        records: Schema `FIELDS`.
        forms: The legal forms of companies.

    Returns:
        Schema `FEATURES`, one row per record, in their order.
    """
    name = _Once(normalise_person_name)
    company = _Once(lambda raw: normalise_company(raw, forms))
    phone, words = _Once(normalise_phone), _Once(_words)
    column = {each: records.column(each).to_pylist() for each in FIELDS.names}
    names = [
        _names(name(raw), kana)
        for raw, kana in zip(column["person_name"], column["name_kana"], strict=True)
    ]
    local_parts = [_local_part(email) for email in column["email"]]
    filled: dict[str, list[str | None] | list[bool]] = {
        "record_key": column["record_key"],
        "name_key": [name(raw) for raw in column["person_name"]],
        "name_letters": [letters for letters, _, _, _ in names],
        "name_script": [script for _, script, _, _ in names],
        "name_reading": [reading for _, _, reading, _ in names],
        "kana_reading": [reading for _, _, _, reading in names],
        "mail_reading": [reading_of_local_part(part) if part else None for part in local_parts],
        "company_key": [company(raw) for raw in column["company_name"]],
        "company_domain": [_company_domain(domain) for domain in column["email_domain"]],
        "phone": [phone(raw) for raw in column["phone"]],
        "mailbox": [
            _mailbox(email, domain)
            for email, domain in zip(column["email"], column["email_domain"], strict=True)
        ],
        "local_part": local_parts,
        "is_shared_mailbox": [bool(shared) for shared in column["is_shared_mailbox"]],
        "title_key": [words(raw) for raw in column["job_title"]],
        "department_key": [words(raw) for raw in column["department"]],
    }
    return pa.table([filled[field.name] for field in FEATURES], schema=FEATURES)


def _names(name_key: str | None, kana: str | None) -> Names:
    reading = reading_of(name_key, kana[:_LONGEST] if kana else None)
    if name_key is None:
        return None, None, reading, reading
    script = script_of(name_key)
    is_typed_in_kana = script == "kana" or bool(kana and kana.strip())
    return letters_of(name_key), script, reading, reading if is_typed_in_kana else None


def _words(raw: str) -> str | None:
    """A title or department without spaces, width, case and older kanji."""
    label = normalise_label(raw)
    return label.translate(OLDER_KANJI).replace(" ", "") if label else None


def _local_part(email: str | None) -> str | None:
    """What stands before the @, without a tag."""
    return email.rpartition("@")[0].partition("+")[0] or None if email else None


def _company_domain(domain: str | None) -> str | None:
    """The domain that a company registered: `mail.example.co.jp` is of `example.co.jp`."""
    if domain is None:
        return None
    count = 3 if _SECOND_LEVELS.search(domain) else 2
    return ".".join(domain.split(".")[-count:])


def _mailbox(email: str | None, domain: str | None) -> str | None:
    """The address without its tag, at the domain that the company registered."""
    if email is None:
        return None
    own = _company_domain(domain) or email.rpartition("@")[2]
    return f"{_local_part(email) or ''}@{own}"
