"""A warehouse with person records, as dbt leaves it to the identity step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from orchestration.identity.components import EDGES, RECORDS
from orchestration.identity.features import FIELDS
from orchestration.settings import PROJECT_ROOT
from orchestration.steps.identities import write_identities
from orchestration.text.addresses import is_free_mail, is_shared_mailbox, normalise_email

FREE_MAIL = frozenset({"gmail.com"})
SHARED = frozenset({"info"})
FIRST_DAY = datetime(2026, 1, 1)  # noqa: DTZ001

Person = Mapping[str, Any]


def fields(key: str, person: Person) -> dict[str, Any]:
    """A row of `int_match_fields`."""
    address = normalise_email(person.get("email") or "")
    is_free = address is not None and is_free_mail(address.domain, FREE_MAIL)
    return {
        "record_key": key,
        "person_name": person.get("name"),
        "name_kana": person.get("kana"),
        "company_name": person.get("company"),
        "email": address.email if address else None,
        "email_domain": address.domain if address and not is_free else None,
        "is_shared_mailbox": address is not None and is_shared_mailbox(address.local_part, SHARED),
        "phone": person.get("phone"),
        "job_title": person.get("title"),
        "department": person.get("department"),
    }


class People:
    """Person records that come, change and go, and the nights that look at them."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("create schema control; create schema intermediate")
        self.connection.execute(
            "create table control.touched_leads (build_id integer, model varchar, lead_id varchar)"
        )
        self.connection.execute(
            "create table intermediate.int_account_fields (crm_account_id varchar,"
            " merged_into_id varchar, is_merged boolean, parent_account_id varchar,"
            " created_at timestamp, corporate_number varchar, web_domain varchar,"
            " company_key varchar)"
        )
        self.build = 0

    def night(
        self,
        people: Mapping[str, Person],
        links: Sequence[tuple[str, str, str]] = (),
        *,
        full_refresh: bool = False,
    ) -> None:
        """Let the identity step see these records and links, and no others.

        Args:
            people: Name, kana, company, email, phone, title, department, day and status by key.
            links: Record, record and rule.
            full_refresh: Look at everything anew.
        """
        self.build += 1
        self._write("int_match_fields", [fields(*each) for each in people.items()], FIELDS)
        self._write("int_person_records", [_record(*each) for each in people.items()], RECORDS)
        self._write("int_identity_edges", [*_addresses(people), *_links(links)], EDGES)
        self.connection.execute(
            "create or replace table control.build as select ? as build_id,"
            " timestamp '2026-06-30 15:00:00' as as_of, ? as completed_build_id,"
            " ? as is_full_refresh",
            [self.build, self.build - 1, full_refresh],
        )
        write_identities(self.connection, PROJECT_ROOT)

    def _write(self, model: str, rows: list[dict[str, Any]], schema: pa.Schema) -> None:
        table = pa.Table.from_pylist(rows, schema)
        self.connection.register("rows", table)
        self.connection.execute(f"create or replace table intermediate.{model} as from rows")
        self.connection.unregister("rows")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.connection.execute(query).fetchall()

    def persons(self) -> set[frozenset[str]]:
        """The keys of the records of each person."""
        return {
            frozenset(keys)
            for (keys,) in self.rows(
                "select list(record_key) from identity.person_identities group by lead_id"
            )
        }

    def reviews(self) -> dict[tuple[str, str], str]:
        """Why each listed pair is listed."""
        found = self.rows("select record_key_a, record_key_b, review_kind from identity.reviews")
        return {(a, b): kind for a, b, kind in found}

    def outcome(self) -> list[list[tuple[Any, ...]]]:
        """All that the step leaves behind, without the numbers of the nights."""
        return [
            self.rows(
                "select * exclude (changed_in_build) from identity.person_identities order by 1"
            ),
            self.rows("select * from identity.match_pairs order by all"),
            self.rows("select * from identity.reviews order by all"),
        ]


def _record(key: str, person: Person) -> dict[str, Any]:
    return {
        "record_key": key,
        "person_key": key,
        "connector": "crm",
        "record_type": "lead",
        "record_id": key,
        "created_at": FIRST_DAY + timedelta(days=person.get("day", 0)),
        "record_status": person.get("status", "used"),
        "person_name": person.get("name"),
    }


def _addresses(people: Mapping[str, Person]) -> list[dict[str, Any]]:
    """What `int_identity_edges` finds: each record with the first of its address."""
    first: dict[str, str] = {}
    found = []
    for key in sorted(people):
        row = fields(key, people[key])
        if row["email"] is None or row["is_shared_mailbox"]:
            continue
        if row["email"] in first:
            found.append((key, first[row["email"]], "email"))
        first.setdefault(row["email"], key)
    return _links(found)


def _links(links: Sequence[tuple[str, str, str]]) -> list[dict[str, Any]]:
    return [{"record_key_a": a, "record_key_b": b, "match_rule": rule} for a, b, rule in links]


@pytest.fixture
def people() -> Iterator[People]:
    site = People()
    yield site
    site.connection.close()
