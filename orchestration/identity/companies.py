"""Which accounts of the CRM are one company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Any

import pyarrow as pa

# One row per account; `merged_into_id` is null for one that was not merged.
ACCOUNTS = pa.schema(
    [
        ("crm_account_id", pa.string()),
        ("merged_into_id", pa.string()),
        ("parent_account_id", pa.string()),
        ("created_at", pa.timestamp("us")),
        ("corporate_number", pa.string()),
        ("web_domain", pa.string()),
        ("company_key", pa.string()),
    ]
)

COMPANIES = pa.schema([("crm_account_id", pa.string()), ("company_account_id", pa.string())])


@dataclass(frozen=True)
class Account:
    """A row of `ACCOUNTS`; the fields are described there."""

    crm_account_id: str
    merged_into_id: str | None
    parent_account_id: str | None
    created_at: datetime | None
    corporate_number: str | None
    web_domain: str | None
    company_key: str | None

    @property
    def age(self) -> tuple[datetime, str]:
        """Orders accounts from the oldest to the youngest."""
        return self.created_at or datetime.max, self.crm_account_id  # noqa: DTZ901 - naive UTC


Text = Callable[[Account], str | None]


def resolve_companies(
    accounts: pa.Table, limit: int, is_anybodys: Callable[[str], bool]
) -> pa.Table:
    """Find the company of every account.

    An account goes with the one it was merged into; besides, by the first of these that it has:
    with the accounts of its corporate number; with the first of its web domain; with its parent;
    with the first of its name. So two corporate numbers are never joined by a domain, nor two
    domains by a name. Among those of a domain or name, one with a number comes first, then one with
    a domain, then the oldest.

    Args:
        accounts: Schema `ACCOUNTS`; ids are unique.
        limit: A domain or name that more accounts share joins none, such as that of a web host.
        is_anybodys: Whether anybody can have an address at a domain, so that it names no company.

    Returns:
        Schema `COMPANIES`: for every account the one that stands for its company, which is the
        oldest that was not merged away; sorted by account.
    """
    rows = accounts.select(ACCOUNTS.names).to_pylist()
    sharing = Counter(row["web_domain"] for row in rows)
    for row in rows:
        domain = row["web_domain"]
        if domain is not None and (sharing[domain] > limit or is_anybodys(domain)):
            row["web_domain"] = None
    known = sorted((Account(**row) for row in rows), key=lambda each: each.crm_account_id)
    ids = {account.crm_account_id for account in known}
    numbers = _first_of(known, lambda each: each.corporate_number)
    domains = _first_of(known, lambda each: each.web_domain)
    names = _first_of(known, lambda each: each.company_key, limit)
    found = _Union(ids)
    for account in known:
        if account.merged_into_id in ids:
            found.join(account.crm_account_id, account.merged_into_id)
        with_one = (
            numbers.get(account.corporate_number)
            or domains.get(account.web_domain)
            or (account.parent_account_id if account.parent_account_id in ids else None)
            or names.get(account.company_key)
        )
        if with_one:
            found.join(account.crm_account_id, with_one)
    leaders: dict[str, Account] = {}
    for account in sorted(known, key=lambda each: (each.merged_into_id in ids, each.age)):
        leaders.setdefault(found.root(account.crm_account_id), account)
    pairs = [
        (each.crm_account_id, leaders[found.root(each.crm_account_id)].crm_account_id)
        for each in known
    ]
    columns = [[pair[side] for pair in pairs] for side in (0, 1)]
    return pa.table(columns, schema=COMPANIES)


def _first_of(accounts: Iterable[Account], text: Text, limit: float = inf) -> dict[str | None, str]:
    """The account that stands for each text that is shared by no more than the limit."""
    sharing: dict[str, list[Account]] = {}
    for account in accounts:
        if (value := text(account)) is not None:
            sharing.setdefault(value, []).append(account)
    return {
        value: min(those, key=_rank).crm_account_id
        for value, those in sharing.items()
        if len(those) <= limit
    }


def _rank(account: Account) -> tuple[Any, ...]:
    return account.corporate_number is None, account.web_domain is None, account.age


class _Union:
    """Sets that are joined; a set is named by one of its members."""

    def __init__(self, members: Iterable[str]) -> None:
        self._above = {member: member for member in members}

    def root(self, member: str) -> str:
        """Name the set of a member."""
        while (above := self._above[member]) != member:
            self._above[member] = self._above[above]
            member = self._above[member]
        return member

    def join(self, one: str, other: str) -> None:
        """Make one set of those of two members."""
        self._above[self.root(one)] = self.root(other)
