"""A row tells of others the same whether it lands before them, with them or after them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dbt.contracts.graph.manifest import Manifest

from tests.support.marts import differences, read_rows
from tests.support.nights import Nights

AS_OF = "2026-06-30T15:00:00+00:00"
PLACES = {"quarantined_rows": {"file", "row_number"}}
MAIL = "primary_attribute_value,campaign_id,_fivetran_synced,_fivetran_deleted"

# Nobody is active in both nights: only the row that lands late says who must be looked at again.
FIRST = {
    "salesforce/lead": """
        id,email,name,created_date,system_modstamp,_fivetran_synced
        00Q000000000001,guest@acme.example,Guest,2026-01-01,2026-01-01,2026-06-01
        00Q000000000002,both@acme.example,Both,2025-01-01,2025-01-01,2026-06-01
        00Q000000000003,rival@neutral.example,Rival,2025-01-01,2025-01-01,2026-06-01
        """,
    "salesforce/campaign": """
        id,name,type,created_date,system_modstamp,_fivetran_synced
        701000000000002,Autumn,Webinar,2026-01-01,2026-01-01,2026-06-01
        """,
    "salesforce/campaign_member": """
        id,campaign_id,lead_id,status,created_date,system_modstamp,_fivetran_synced
        00v000000000001,701000000000001,00Q000000000001,Sent,2026-02-01,2026-02-01,2026-06-01
        00v000000000002,701000000000002,00Q000000000002,Attended,2026-02-01,2026-02-01,2026-06-01
        """,
    "marketo/program": """
        id,name,channel,created_at,updated_at,_fivetran_synced
        2,autumn,Webinar,2026-01-01,2026-01-01,2026-06-01
        """,
    "marketo/lead": """
        id,email,sfdc_lead_id,created_at,updated_at,_fivetran_synced
        1,reader@beta.example,,2026-01-01,2026-01-01,2026-06-01
        2,both@acme.example,,2026-01-01,2026-01-01,2026-06-01
        3,rival@free.example,00Q000000000003,2026-01-01,2026-01-01,2026-06-01
        4,deleted@gamma.example,,2026-01-01,2026-01-01,2026-06-01
        """,
    "marketo/program_membership": """
        program_id,lead_id,progression_status,membership_date,updated_at,_fivetran_synced
        1,1,Sent,2026-02-01,2026-02-01,2026-06-01
        2,2,Attended,2026-02-01,2026-02-01,2026-06-01
        """,
    "marketo/activity_fill_out_form": """
        id,lead_id,activity_date,primary_attribute_value,_fivetran_synced
        1,3,2026-02-01,資料請求,2026-06-01
        """,
    "marketo/activity_delete_lead": """
        id,lead_id,activity_date,_fivetran_synced,_fivetran_deleted
        1,4,2026-02-01,2026-06-01,false
        """,
    "marketo/activity_send_email": f"""
        id,lead_id,activity_date,{MAIL}
        1,1,2026-03-01 00:00:00,News,5,2026-06-01,false
        """,
    "marketo/activity_email_delivered": f"""
        id,lead_id,activity_date,{MAIL}
        1,1,2026-03-01 00:01:00,News,5,2026-06-01,false
        """,
    "marketo/activity_open_email": f"""
        id,lead_id,activity_date,{MAIL}
        1,1,2026-03-01 00:01:03,News,5,2026-06-01,false
        """,
    "marketo/activity_click_email": f"""
        id,lead_id,activity_date,link,{MAIL}
        1,1,2026-03-01 01:00:00,/1,News,5,2026-06-01,false
        2,1,2026-03-01 01:00:01,/2,News,5,2026-06-01,false
        3,1,2026-03-01 01:00:02,/3,News,5,2026-06-01,false
        """,
    "hubspot/contact": """
        id,property_email,property_createdate,_fivetran_synced
        1,called@delta.example,2026-01-01,2026-06-01
        """,
    "hubspot/engagement": """
        id,type,owner_id,created_by,created_at,last_updated,_fivetran_synced
        1,CALL,5,77,2026-02-01,2026-02-01,2026-06-01
        """,
    "hubspot/engagement_contact": """
        engagement_id,contact_id,_fivetran_synced
        1,1,2026-06-01
        """,
}
# A mailing and what is none; the delivery and one of three clicks are deleted; two who shared an
# address part; a person turns out to be of a competitor; a deletion is taken back.
LATE = {
    "salesforce/campaign": """
        id,name,type,created_date,system_modstamp,_fivetran_synced
        701000000000001,Mailing,Email,2026-01-01,2026-01-01,2026-06-02
        """,
    "salesforce/lead": """
        id,email,name,created_date,system_modstamp,_fivetran_synced
        00Q000000000003,rival@nagare-app.example,Rival,2025-01-01,2026-05-01,2026-06-02
        """,
    "marketo/program": """
        id,name,channel,created_at,updated_at,_fivetran_synced
        1,Mailing,Email Send,2026-01-01,2026-01-01,2026-06-02
        """,
    "marketo/lead": """
        id,email,sfdc_lead_id,created_at,updated_at,_fivetran_synced
        2,other@acme.example,,2026-01-01,2026-05-01,2026-06-02
        """,
    "marketo/activity_delete_lead": """
        id,lead_id,activity_date,_fivetran_synced,_fivetran_deleted
        1,4,2026-02-01,2026-06-02,true
        """,
    "marketo/activity_email_delivered": f"""
        id,lead_id,activity_date,{MAIL}
        1,1,2026-03-01 00:01:00,News,5,2026-06-02,true
        """,
    "marketo/activity_click_email": f"""
        id,lead_id,activity_date,link,{MAIL}
        1,1,2026-03-01 01:00:00,/1,News,5,2026-06-02,true
        """,
    "hubspot/owner": """
        owner_id,user_id,first_name,_fivetran_synced
        6,77,Import,2026-06-02
        """,
}


def land(raw: Path, tables: Mapping[str, str], night: str) -> None:
    for table, text in tables.items():
        file = raw / table / f"{night}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = (line.strip() for line in text.strip().splitlines())
        file.write_text("\n".join(lines), encoding="utf-8")


def test_rows_that_land_late_are_heeded_by_those_before(manifest: Manifest, tmp_path: Path) -> None:
    at_once = Nights(tmp_path / "raw", tmp_path / "at_once", manifest)
    land(at_once.raw, FIRST, "first")
    land(at_once.raw, LATE, "late")
    at_once.run(AS_OF)
    late = Nights(tmp_path / "raw_of_nights", tmp_path / "late", manifest)
    land(late.raw, FIRST, "first")
    late.run(AS_OF)
    land(late.raw, LATE, "late")
    late.run(AS_OF)

    told = read_rows(
        late.warehouse,
        """
        select source_table, source_record_id, activity_type, content_category, is_machine,
            duplicate_of is not null, logged_by_id
        from fct_activities order by all
        """,
    )
    assert told == [
        ("activity_click_email", "2", "email_click", None, False, False, None),
        ("activity_click_email", "3", "email_click", None, False, False, None),
        ("activity_fill_out_form", "1", "download", "competitor_research", False, False, None),
        ("activity_open_email", "1", "email_open", None, False, False, None),
        ("activity_send_email", "1", "email_sent", None, False, False, None),
        ("campaign_member", "00v000000000002AAA", "event_attended", "event", False, False, None),
        ("engagement_contact", "1|1", "sales_call", None, False, False, "6"),
        ("program_membership", "2|2", "event_attended", "event", False, False, None),
    ]
    leads = "select count(*) from lead_source_records where connector = 'marketo'"
    assert read_rows(late.warehouse, leads) == [(4,)]
    assert differences(at_once.warehouse, late.warehouse, PLACES) == {}
