"""HubSpot's tables: keys join, details belong to their events, truth knows every contact."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest

from sample import SampleReport, SampleSpec, write_sample
from sample.shapes.hubspot.history import hashed
from sample.store.arrow import uuids
from tests.unit.sample.conftest import LEADS, PER_LEAD, query_of

Query = Callable[..., list[tuple[object, ...]]]

REFERENCES = [
    ("contact", "property_associatedcompanyid", "company", "id"),
    ("contact", "property_hubspot_owner_id", "owner", "owner_id"),
    ("contact_company", "contact_id", "contact", "id"),
    ("contact_company", "company_id", "company", "id"),
    ("contact_form_submission", "form_id", "form", "guid"),
    ("deal_contact", "deal_id", "deal", "deal_id"),
    ("deal_company", "company_id", "company", "id"),
    ("deal_stage", "deal_id", "deal", "deal_id"),
    ("deal_stage", "value", "deal_pipeline_stage", "stage_id"),
    ("deal", "deal_pipeline_stage_id", "deal_pipeline_stage", "stage_id"),
    ("deal", "owner_id", "owner", "owner_id"),
    ("email_event", "email_campaign_id", "email_campaign", "id"),
    ("email_event_click", "id", "email_event", "id"),
    ("email_event_bounce", "id", "email_event", "id"),
    ("engagement_contact", "engagement_id", "engagement", "id"),
    ("engagement_call", "engagement_id", "engagement", "id"),
    ("engagement_task", "property_hubspot_owner_id", "owner", "owner_id"),
    ("engagement_deal", "deal_id", "deal", "deal_id"),
    ("owner_team", "team_id", "team", "id"),
]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> SampleReport:
    """A sample in which HubSpot is marketing tool and CRM at once."""
    out = tmp_path_factory.mktemp("alone")
    spec = SampleSpec(leads=LEADS, activities_per_lead=PER_LEAD, out=out, connectors=("hubspot",))
    return write_sample(spec)


@pytest.fixture(scope="module")
def query(alone: SampleReport) -> Query:
    """Run SQL over it."""
    return query_of(alone.out)


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Query:
    """Run SQL over a sample in which HubSpot does marketing beside Salesforce."""
    out = tmp_path_factory.mktemp("beside")
    connectors = ("salesforce", "hubspot")
    write_sample(
        SampleSpec(leads=LEADS, activities_per_lead=PER_LEAD, out=out, connectors=connectors)
    )
    return query_of(out)


@pytest.mark.parametrize(("table", "column", "target", "key"), REFERENCES)
def test_keys_join(query: Query, table: str, column: str, target: str, key: str) -> None:
    rows = query(
        f"select count(t.{column}), count(*) filter (where k.id is null) from {{hubspot.{table}}} t"
        f" left join (select distinct {key} as id from {{hubspot.{target}}}) k"
        f" on t.{column} = k.id where t.{column} is not null"
    )
    used, lost = rows[0]
    assert used
    # Rows that were broken on purpose take their key with them.
    assert int(str(lost)) <= 2


def test_every_event_of_a_mail_names_its_send(query: Query) -> None:
    rows = query(
        "select count(*), count(s.id) from {hubspot.email_event} e"
        " left join (select distinct id from {hubspot.email_event} where type = 'SENT') s"
        " on s.id = e.sent_by_id where e.type <> 'SENT'"
    )
    assert int(str(rows[0][1])) > 0.99 * int(str(rows[0][0]))


def test_mails_go_to_addresses_of_contacts(query: Query) -> None:
    rows = query(
        "select avg((recipient in (select lower(trim(property_email))"
        " from {hubspot.contact}))::int) from {hubspot.email_event}"
    )
    assert float(str(rows[0][0])) > 0.95


def test_the_tool_notices_only_some_machines(query: Query) -> None:
    rows = query(
        "select count(*) filter (where filtered_event = 'true'), count(*),"
        " count(*) filter (where filtered_event = 'true' and m.activity_id is null)"
        " from {hubspot.email_event} e left join {truth.machine_activities} m"
        " on m.activity_id = e.id where m.activity_id is not null or filtered_event = 'true'"
    )
    noticed, machines, wrong = (int(str(value)) for value in rows[0])
    assert 0 < noticed < machines
    assert wrong == 0


@pytest.mark.parametrize("mix", ["alone", "beside"])
def test_truth_knows_whose_every_contact_is(query: Query, beside: Query, mix: str) -> None:
    run = query if mix == "alone" else beside
    rows = run(
        "select count(*), count(r.person_id) from (select distinct id from {hubspot.contact}) t"
        " left join {truth.person_records} r on r.connector = 'hubspot' and r.record_id = t.id"
    )
    assert rows[0][0] == rows[0][1]


def test_alone_it_knows_everybody(query: Query) -> None:
    rows = query(
        "select count(distinct r.person_id) from {truth.person_records} r"
        " where r.connector = 'hubspot'"
    )
    assert rows == [(LEADS,)]


def test_beside_a_crm_most_contacts_know_their_lead(beside: Query) -> None:
    rows = beside(
        "select count(*), count(l.id) from {hubspot.contact} c left join"
        " (select distinct left(id, 15) as id from {salesforce.lead}) l"
        " on left(c.property_salesforceleadid, 15) = l.id"
        " where c.property_salesforceleadid is not null"
    )
    linked, found = (int(str(value)) for value in rows[0])
    assert linked > 0.4 * LEADS
    assert found == linked


def test_beside_a_crm_it_holds_no_sales(alone: SampleReport, beside: Query) -> None:
    assert ("hubspot", "deal") in alone.rows
    with pytest.raises(FileNotFoundError):
        beside("select * from {hubspot.deal}")


def test_stays_in_a_stage_follow_one_another(query: Query) -> None:
    rows = query(
        "select count(*) from (select distinct deal_id, date_entered, _fivetran_end,"
        " lead(date_entered) over (partition by deal_id order by date_entered) as following"
        " from (select distinct deal_id, date_entered, _fivetran_end from {hubspot.deal_stage}"
        " where date_entered < '2100' and date_entered not like '%-13-%'"
        " and date_entered not like '%-02-30%' and date_entered not like '0000%'))"
        " where following is not null and following <> _fivetran_end"
    )
    assert int(str(rows[0][0])) <= 2


def test_some_property_names_are_hashed(query: Query) -> None:
    names = {str(row[0]) for row in query("select name from {hubspot.contact_property_history}")}
    assert {"lifecyclestage", "hs_lead_status", "jobtitle", "purchase_timeline"} <= names
    assert hashed("property 0") in names
    assert hashed("property 0").endswith("==")


def test_ids_of_events_differ_and_stay() -> None:
    ids = uuids(np.arange(10_000), "mails").to_pylist()
    assert len(set(ids)) == 10_000
    assert {len(entry) for entry in ids} == {36}
    assert ids[:10] == uuids(np.arange(10), "mails").to_pylist()
    assert not set(ids) & set(uuids(np.arange(10_000), "others").to_pylist())
    assert isinstance(uuids(np.arange(0), "mails"), pa.StringArray)
