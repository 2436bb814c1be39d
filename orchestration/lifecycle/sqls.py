"""When leads become sales-qualified, and until when."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.lifecycle.answers import read_changes
from orchestration.lifecycle.blocks import read_blocks
from orchestration.lifecycle.criteria import SqlCriteria
from orchestration.lifecycle.days import LocalDays, to_date
from orchestration.lifecycle.lead_rows import lead_ids, rows_by_lead, to_moments
from orchestration.lifecycle.scores import ScoreTimeline
from orchestration.lifecycle.sql_lead import SqlLead, SqlStay
from orchestration.lifecycle.tables import (
    ANSWERS,
    ASKS,
    DISMISSALS,
    HAND_MARKS,
    MQLS,
    SQLS,
    conform,
)
from orchestration.lifecycle.validity import Validity


def sql_stays(
    mqls: pa.Table,
    answers: pa.Table,
    asks: pa.Table,
    hand_marks: pa.Table,
    dismissals: pa.Table,
    exclusions: pa.Table,
    closings: pa.Table,
    timeline: ScoreTimeline,
    criteria: Validity[SqlCriteria | None],
    days: LocalDays,
) -> pa.Table:
    """Find when leads become SQL and when they are lost.

    Gained when the criteria of the day hold and the lead is MQL or has asked within `asked_within`
    (both ends included), or by a hand mark, while nothing blocks. Looked at where MQL is, at asks,
    at changes of answers and at midnights. Lost when an exclusion or closing stage begins; one by
    criteria also when a value changes so that it fails, or with the MQL unless the lead asked or
    was marked by hand. That a deadline passes loses nothing. A lead is SQL once at a time: one that
    sales dismissed is gained anew by a mark, an ask, another MQL, or criteria that hold again.

    Args:
        mqls: Rows as in MQLS.
        answers: Rows as in ANSWERS.
        asks: Rows as in ASKS.
        hand_marks: Rows as in HAND_MARKS.
        dismissals: Rows as in DISMISSALS.
        exclusions: Rows as in EXCLUSIONS.
        closings: Rows as in CLOSINGS.
        timeline: The totals, for the instants at which the ledger changed.
        criteria: The criteria per day.
        days: The local days.

    Returns:
        Rows as in SQLS, sorted by lead_id and qualified_at.
    """
    mqls, answers = conform(mqls, MQLS, "mqls"), conform(answers, ANSWERS, "answers")
    asks, hand_marks = conform(asks, ASKS, "asks"), conform(hand_marks, HAND_MARKS, "hand_marks")
    dismissals = conform(dismissals, DISMISSALS, "dismissals")
    leads = _leads_that_may_qualify(mqls, answers, asks, hand_marks)
    marked = ("marked_at", "mark", "trigger_id")
    told = zip(
        timeline.spans(leads),
        read_blocks(exclusions, closings, leads),
        rows_by_lead(mqls, leads, ("qualified_at",)).per_lead("qualified_at", "lost_at"),
        read_changes(answers, leads),
        rows_by_lead(asks, leads, ("asked_at", "trigger_id")).per_lead("asked_at", "trigger_id"),
        rows_by_lead(hand_marks, leads, marked).per_lead(*marked),
        rows_by_lead(dismissals, leads, ("dismissed_at",)).per_lead("dismissed_at"),
        strict=True,
    )
    numbers: list[int] = []
    found: list[SqlStay] = []
    for number, (span, blocks, spells, changes, asked, marks, dismissed) in enumerate(told):
        lead = SqlLead(
            criteria=criteria,
            days=days,
            blocks=blocks,
            mqls=spells,
            changes=changes,
            points=timeline.at[span.start : span.stop],
            ledger_ids=timeline.ledger_id[span.start : span.stop],
            asks=[at for at, _ in asked],
            ask_ids=[trigger_id for _, trigger_id in asked],
            # Of marks of one moment the first counts.
            marks={at: (mark, trigger_id) for at, mark, trigger_id in reversed(marks)},
            dismissals={at for (at,) in dismissed},
        )
        found += lead.stays()
        numbers += [number] * (len(found) - len(numbers))
    return _sqls(leads.take(pa.array(numbers, pa.int64())), found)


def _leads_that_may_qualify(
    mqls: pa.Table, answers: pa.Table, asks: pa.Table, hand_marks: pa.Table
) -> pa.Array:
    """The leads that are marked by hand, or tell a deadline and are MQL or ask, at any time."""
    is_deadline = pc.equal(answers.column("attribute"), "purchase_deadline")
    tell = answers.filter(pc.and_(is_deadline, pc.is_valid(answers.column("value"))))
    tell = tell.filter(pc.is_in(tell.column("lead_id"), value_set=lead_ids(mqls, asks)))
    return lead_ids(tell, hand_marks)


def _sqls(lead_id: pa.Array, found: list[SqlStay]) -> pa.Table:
    gains = [stay.sql for stay in found]
    deadlines = [sql.values.purchase_deadline for sql in gains]
    columns = {
        "lead_id": lead_id,
        "qualified_at": to_moments([sql.qualified_at for sql in gains]),
        "lost_at": to_moments([stay.lost_at for stay in found]),
        "lost_reason": [stay.lost_reason for stay in found],
        "criteria_version": [sql.criteria_version for sql in gains],
        "basis": [sql.basis for sql in gains],
        "trigger": [sql.trigger for sql in gains],
        "trigger_id": [sql.trigger_id for sql in gains],
        "purchase_deadline": [None if day is None else to_date(day) for day in deadlines],
        "buying_role": [sql.values.buying_role for sql in gains],
        "is_budget_known": [sql.values.is_budget_known for sql in gains],
        "is_target_size": [sql.values.is_target_size for sql in gains],
    }
    return pa.table(columns, schema=SQLS)
