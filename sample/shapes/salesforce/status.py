"""The field history of Salesforce leads: statuses, owners, reasons, conversion and titles."""

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.salesforce.shared import Ids, row_ids
from sample.shapes.statuses import REASONS, Trace
from sample.shapes.typed import (
    TITLE_WORDS,
)
from sample.store.arrow import flags, same, text, times, words
from sample.world.arrays import NEVER, happened

STATUSES = (
    "Open - Not Contacted", "Working", "Contacted", "Qualified", "Nurturing", "Unqualified",
    "Closed - Not Converted", "Closed - Converted",
    "Open - Not Contacted", "対応中", "対応中", "商談化", "ナーチャリング", "対象外", "失注",
    "Closed - Converted", "Recycled", "SQL",
)  # fmt: skip


def write_history(desk: Desk, ids: Ids, trace: Trace) -> None:
    """Write the lead field history."""
    records, stated = desk.world.records, desk.statements
    lead = happened(records.lead)
    converted = np.flatnonzero(lead & happened(records.converted))
    risen = np.flatnonzero(lead & (stated.promoted < NEVER) & (stated.promoted > records.lead))
    risen = risen[stated.promoted[risen] < records.converted[risen]]
    title = desk.world.people.title[risen]
    machine = desk.frame.staff.machine
    person = [trace.status.person, trace.owner.person, trace.reasons.person, converted, risen]
    at = [trace.status.at, trace.owner.at, trace.reasons.at, records.converted[converted],
          stated.promoted[risen] + 300]  # fmt: skip
    field = np.repeat(np.arange(5), [len(entry) for entry in person])
    last_owner = trace.owner.last(len(lead), desk.frame.staff.marketer)
    user = [trace.status.user, trace.owner.user, trace.reasons.user, last_owner[converted],
            np.full(len(risen), machine)]  # fmt: skip
    vocabulary = [*STATUSES, *ids.user, *REASONS, "false", "true", *TITLE_WORDS]
    starts = np.cumsum([0, len(STATUSES), len(ids.user), len(REASONS), 2])
    old = [trace.status.old, trace.owner.old, trace.reasons.old, np.zeros(len(converted)), title]
    new = [trace.status.new, trace.owner.new, trace.reasons.new, np.ones(len(converted)),
           np.full(len(risen), len(TITLE_WORDS) - 1)]  # fmt: skip
    owner, moment = np.concatenate(person).astype(np.int64), np.concatenate(at)
    old_code = np.concatenate(old).astype(np.int64)
    size = len(owner)
    columns = {
        "id": text(row_ids(desk, "lead_history", size)),
        "lead_id": words(ids.lead, owner),
        "field": words(["Status", "Owner", "Reject_Reason__c", "leadConverted", "Title"], field),
        "old_value": words(vocabulary, np.where(old_code < 0, -1, old_code + starts[field])),
        "new_value": words(vocabulary, np.concatenate(new).astype(np.int64) + starts[field]),
        "data_type": same("Text", size),
        "created_by_id": ids.users(np.concatenate(user).astype(np.int64)),
        "created_date": times(moment),
        "is_deleted": flags(np.zeros(size, dtype=np.bool_)),
    }
    desk.put(("salesforce", "lead_history"), columns, moment, time="created_date")
