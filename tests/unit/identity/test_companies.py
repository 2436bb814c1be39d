"""Which accounts are one company, and by what first."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.identity.companies import ACCOUNTS, resolve_companies

FIRST_DAY = datetime(2026, 1, 1)  # noqa: DTZ001
NUMBER, OTHER = "7000012050002", "5000012060001"

Rows = dict[str, dict[str, Any]]


def companies(rows: Rows, limit: int = 50, order: list[str] | None = None) -> dict[str, str]:
    """The company of each account; they are made a day after the other, in the order of rows."""
    listed = [
        {
            "crm_account_id": key,
            "merged_into_id": row.get("merged"),
            "parent_account_id": row.get("parent"),
            "created_at": FIRST_DAY + timedelta(days=row.get("day", number)),
            "corporate_number": row.get("number"),
            "web_domain": row.get("domain"),
            "company_key": row.get("name"),
        }
        for number, (key, row) in enumerate(rows.items())
    ]
    listed.sort(key=lambda row: (order or list(rows)).index(row["crm_account_id"]))
    table = pa.Table.from_pylist(listed, ACCOUNTS)
    found = resolve_companies(table, limit, lambda domain: domain == "gmail.com").to_pylist()
    return {row["crm_account_id"]: row["company_account_id"] for row in found}


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ({"number": NUMBER}, {"number": NUMBER}, True),
        ({"number": NUMBER}, {"number": NUMBER, "domain": "x.example", "name": "x"}, True),
        ({"number": NUMBER, "domain": "a.example"}, {"domain": "a.example"}, True),
        ({"number": NUMBER, "domain": "a.jp"}, {"number": OTHER, "domain": "a.jp"}, False),
        ({"domain": "a.example", "name": "青葉"}, {"domain": "a.example", "name": "南海"}, True),
        ({"domain": "a.example", "name": "青葉"}, {"domain": "b.example", "name": "青葉"}, False),
        ({"domain": "gmail.com", "name": "青葉"}, {"domain": "gmail.com", "name": "南海"}, False),
        ({"domain": "gmail.com", "name": "青葉"}, {"domain": "b.example", "name": "青葉"}, True),
        ({"name": "青葉"}, {"name": "青葉"}, True),
        ({"name": "青葉"}, {"domain": "b.example", "name": "青葉"}, True),
        ({"name": "青葉"}, {"parent": "a", "name": "青葉大阪支店"}, True),
        ({"name": "青葉"}, {"parent": "a", "number": NUMBER}, False),
        ({"name": "青葉"}, {"parent": "a", "domain": "b.example"}, False),
        ({"name": "青葉"}, {"merged": "a", "number": NUMBER, "name": "南海"}, True),
        ({}, {}, False),
        ({}, {"parent": "lost", "merged": "lost"}, False),
    ],
)  # fmt: skip
def test_what_two_accounts_share_decides(one: dict[str, Any], other: dict[str, Any], are_one: bool):
    found = companies({"a": one, "b": other})

    assert (found["a"] == found["b"]) is are_one
    assert found["a"] == "a"


def test_chains_and_circles_of_merges_are_one_company_of_the_one_that_stayed():
    chain = {"a": {"merged": "b"}, "b": {"merged": "c"}, "c": {}}
    assert set(companies(chain).values()) == {"c"}

    circle = {"a": {"merged": "b"}, "b": {"merged": "a"}}
    assert set(companies(circle).values()) == {"a"}


def test_an_account_without_number_goes_with_the_first_that_has_one():
    found = companies(
        {
            "oldest": {"domain": "a.example"},
            "numbered": {"domain": "a.example", "number": NUMBER},
            "younger": {"domain": "a.example", "number": OTHER},
        }
    )

    assert found == {"oldest": "oldest", "numbered": "oldest", "younger": "younger"}


def test_a_domain_that_more_than_the_limit_share_is_a_host():
    shops = {f"shop {n}": {"domain": "host.example", "name": f"店{n}"} for n in range(4)}

    assert set(companies(shops, limit=4).values()) == {"shop 0"}
    assert len(set(companies(shops, limit=3).values())) == 4


ACCOUNT = st.fixed_dictionaries(
    {},
    optional={
        "merged": st.sampled_from("abcdefx"),
        "parent": st.sampled_from("abcdefx"),
        "number": st.sampled_from([NUMBER, OTHER]),
        "domain": st.sampled_from(["a.example", "b.example", "gmail.com"]),
        "name": st.sampled_from(["青葉", "南海"]),
        "day": st.integers(0, 2),
    },
)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdef"), ACCOUNT, min_size=1),
    st.randoms(use_true_random=False),
)
def test_every_account_has_one_company_in_any_order_of_rows(rows: Rows, random: Random):
    for number, row in enumerate(rows.values()):
        row.setdefault("day", number)
    shuffled = list(rows)
    random.shuffle(shuffled)
    found = companies(rows)

    assert found == companies(rows, order=shuffled)
    assert set(found) == set(rows)
    assert all(found[company] == company for company in found.values())
