"""Keys join, and the truth covers every person and record."""

from collections.abc import Callable

import numpy as np
import pytest

from sample import SampleReport
from sample.shapes.salesforce.ids import checksums, record_ids

Query = Callable[..., list[tuple[object, ...]]]

# Table, column, and the tables whose id it holds.
REFERENCES = [
    ("salesforce.lead", "converted_contact_id", ["salesforce.contact"]),
    ("salesforce.lead", "converted_account_id", ["salesforce.account"]),
    ("salesforce.lead", "converted_opportunity_id", ["salesforce.opportunity"]),
    ("salesforce.lead", "master_record_id", ["salesforce.lead"]),
    ("salesforce.lead", "owner_id", ["salesforce.user"]),
    ("salesforce.contact", "account_id", ["salesforce.account"]),
    ("salesforce.opportunity", "account_id", ["salesforce.account"]),
    ("salesforce.opportunity_contact_role", "contact_id", ["salesforce.contact"]),
    ("salesforce.opportunity_contact_role", "opportunity_id", ["salesforce.opportunity"]),
    ("salesforce.opportunity_field_history", "opportunity_id", ["salesforce.opportunity"]),
    ("salesforce.lead_history", "lead_id", ["salesforce.lead"]),
    ("salesforce.task", "who_id", ["salesforce.lead", "salesforce.contact"]),
    ("salesforce.task", "account_id", ["salesforce.account"]),
    ("salesforce.task", "what_id", ["salesforce.opportunity"]),
    ("salesforce.task", "created_by_id", ["salesforce.user"]),
    ("salesforce.event", "who_id", ["salesforce.lead", "salesforce.contact"]),
    ("salesforce.campaign_member", "campaign_id", ["salesforce.campaign"]),
    ("salesforce.campaign_member", "lead_id", ["salesforce.lead"]),
    ("salesforce.campaign_member", "contact_id", ["salesforce.contact"]),
    ("marketo.lead", "sfdc_lead_id", ["salesforce.lead"]),
    ("marketo.lead", "sfdc_contact_id", ["salesforce.contact"]),
    ("marketo.program_membership", "program_id", ["marketo.program"]),
    ("marketo.activity_change_status_in_progression", "program_id", ["marketo.program"]),
    ("marketo.activity_send_email", "campaign_id", ["marketo.campaign"]),
]


@pytest.mark.parametrize(("table", "column", "targets"), REFERENCES)
def test_keys_join(query: Query, table: str, column: str, targets: list[str]) -> None:
    known = " union all ".join(f"select id from {{{target}}}" for target in targets)
    rows = query(
        f"select count({column}), count(*) filter (where k.id is null) from {{{table}}} t "
        f"left join (select distinct left(id, 15) as id from ({known})) k "
        f"on left(t.{column}, 15) = k.id where t.{column} is not null"
    )
    used, lost = rows[0]
    assert used
    assert lost == 0


@pytest.mark.parametrize(
    "table", ["activity_visit_webpage", "activity_email_delivered", "activity_fill_out_form"]
)
def test_activities_join_a_person_unless_deleted_or_merged(query: Query, table: str) -> None:
    lost = query(
        f"select count(*) from {{marketo.{table}}} a "
        "left join {marketo.lead} l on l.id = a.lead_id "
        "left join {truth.person_records} r "
        "on r.connector = 'marketo' and r.record_id = a.lead_id "
        "where r.record_id is null"
    )
    landed = query(
        f"select avg((lead_id in (select id from {{marketo.lead}}))::int) from {{marketo.{table}}}"
    )
    assert lost == [(0,)]
    assert landed[0][0] > 0.97  # type: ignore[operator]


def test_truth_has_every_person_once(query: Query, small: SampleReport) -> None:
    rows = query("select count(*), count(distinct person_id) from {truth.persons}")
    assert rows == [(small.people, small.people)]


@pytest.mark.parametrize(
    ("connector", "kind", "table"),
    [
        ("marketo", "lead", "marketo.lead"),
        ("salesforce", "lead", "salesforce.lead"),
        ("salesforce", "contact", "salesforce.contact"),
    ],
)
def test_truth_knows_whose_every_record_is(
    query: Query, connector: str, kind: str, table: str
) -> None:
    rows = query(
        f"select count(*), count(r.person_id) from (select distinct id from {{{table}}}) t "
        f"left join {{truth.person_records}} r on r.connector = '{connector}' "
        f"and r.record_type = '{kind}' and r.record_id = t.id"
    )
    assert rows[0][0] == rows[0][1]


def test_every_person_has_some_record(query: Query) -> None:
    rows = query(
        "select count(*) from {truth.persons} p where person_id not in "
        "(select person_id from {truth.person_records})"
    )
    assert rows == [(0,)]


def test_records_of_one_person_differ_in_address(query: Query) -> None:
    rows = query(
        "select count(*) filter (where email <> lower(trim(email))) from {salesforce.lead}"
    )
    assert rows[0][0] > 0  # type: ignore[operator]


def test_ids_carry_the_checksum_of_their_capitals() -> None:
    # 001A0 holds one capital in 4th place: 8 = I; 00000 none: 0 = A; 6Vm9u one in 2nd place: 2 = C.
    letters = np.frombuffer(b"001A0000006Vm9u", dtype=np.uint8).reshape(1, 15)
    assert checksums(letters).tobytes() == b"IAC"
    ids = record_ids("lead", np.arange(5_000))
    assert len(set(ids)) == 5_000
    assert {len(entry) for entry in ids} == {18}
    assert len({entry[:15].lower() for entry in ids}) <= 5_000
