"""Marketo people: records, their versions, merges, deletions and changed values."""

from sample.shapes.desk import Desk
from sample.shapes.marketing import (
    CONSENTS,
    SOURCES,
    Crm,
    crm_ids,
    person_cells,
    record_rows,
    stated_cells,
)
from sample.shapes.marketo.changes import write_changes, write_deletions, write_merges
from sample.shapes.marketo.shared import Numbers
from sample.shapes.typed import (
    TITLE_WORDS,
)
from sample.store.arrow import flags, integers, text, times, words
from sample.world.words import INDUSTRIES


def write_people(desk: Desk, numbers: Numbers, crm: Crm) -> None:
    """Write lead, merge, deletion and value-change tables."""
    _write_lead(desk, crm)
    write_merges(desk, numbers)
    write_deletions(desk, numbers)
    write_changes(desk, numbers)


def _write_lead(desk: Desk, crm: Crm) -> None:
    """Write the lead table."""
    rows = record_rows(desk, "marketo")
    cells = person_cells(desk, "marketo", rows)
    lead, contact, account = crm_ids(desk, "marketo", rows, crm)
    columns = {
        "id": integers(rows.number),
        "email": text(cells.email),
        "first_name": cells.first_name,
        "last_name": cells.last_name,
        "first_name_kana": cells.first_kana,
        "last_name_kana": cells.last_kana,
        "company": text(cells.company),
        "department": cells.department,
        "title": words(TITLE_WORDS, cells.title),
        "phone": cells.phone,
        "industry": words([entry[0] for entry in INDUSTRIES], cells.industry),
        "number_of_employees": integers(cells.employees, cells.employees >= 0),
        "sfdc_lead_id": lead,
        "sfdc_contact_id": contact,
        "sfdc_account_id": account,
        "unsubscribed": flags(cells.opted_out),
        "lead_source": words(SOURCES, cells.origin),
        "created_at": times(rows.created, "ms"),
        "updated_at": times(rows.at, "ms"),
        **stated_cells(desk, "marketo", rows),
        "marketing_consent": words(CONSENTS, cells.consent),
        "_fivetran_deleted": flags(rows.gone),
    }
    desk.put(("marketo", "lead"), columns, rows.at, time="created_at")
