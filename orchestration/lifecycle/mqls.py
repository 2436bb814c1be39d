"""When leads become marketing-qualified, and until when."""

from __future__ import annotations

from math import inf

import numpy as np
import pyarrow as pa

from orchestration.lifecycle.blocks import read_blocks
from orchestration.lifecycle.criteria import MqlCriteria
from orchestration.lifecycle.days import LocalDays
from orchestration.lifecycle.lead_rows import rows_by_lead, to_moments
from orchestration.lifecycle.mql_lead import MqlLead, MqlStay
from orchestration.lifecycle.scores import PLACES, ScoreTimeline
from orchestration.lifecycle.tables import HUMAN_ACTIVITIES, MQLS, conform
from orchestration.lifecycle.validity import Validity


def mql_stays(
    timeline: ScoreTimeline,
    human_activities: pa.Table,
    exclusions: pa.Table,
    closings: pa.Table,
    criteria: Validity[MqlCriteria | None],
    days: LocalDays,
) -> pa.Table:
    """Find when leads become MQL and when they are lost.

    Looked at: every instant with ledger rows and the end of every exclusion or closing stage.
    Gained when the total reaches the threshold of the day, nothing blocks and the last human
    activity is less than `active_within` ago. Lost at the first of: an exclusion or closing stage
    begins; a midnight with a total under the exit threshold of the day; `active_within` after the
    last human activity.

    Args:
        timeline: The totals.
        human_activities: Rows as in HUMAN_ACTIVITIES.
        exclusions: Rows as in EXCLUSIONS.
        closings: Rows as in CLOSINGS.
        criteria: The criteria per day.
        days: The local days.

    Returns:
        Rows as in MQLS, sorted by lead_id and qualified_at.
    """
    human_activities = conform(human_activities, HUMAN_ACTIVITIES, "human_activities")
    leads = _leads_that_may_reach(timeline, criteria)
    spans = timeline.spans(leads)
    active = rows_by_lead(human_activities, leads, ("occurred_at",)).per_lead("occurred_at")
    blocks = read_blocks(exclusions, closings, leads)
    numbers: list[int] = []
    found: list[MqlStay] = []
    for number, (span, rows, blocked) in enumerate(zip(spans, active, blocks, strict=True)):
        lead = MqlLead(timeline, span, criteria, days, blocked, [at for (at,) in rows])
        found += lead.stays()
        numbers += [number] * (len(found) - len(numbers))
    return _mqls(leads.take(pa.array(numbers, pa.int64())), found)


def _leads_that_may_reach(
    timeline: ScoreTimeline, criteria: Validity[MqlCriteria | None]
) -> pa.Array:
    """The leads that could ever be MQL; most never come near.

    Negative behaviour decays too, so between instants a total may rise, to `steady` at most.
    """
    lowest = min((p.value.threshold for p in criteria.pieces if p.value is not None), default=inf)
    peaks = np.zeros(len(timeline.at))
    for kept in timeline.decaying.values():
        peaks = np.maximum(peaks, kept)
    reached = np.flatnonzero(timeline.steady + peaks >= lowest - 10**-PLACES)
    numbers = np.unique(np.searchsorted(timeline.starts, reached, side="right") - 1)
    return timeline.leads.take(pa.array(numbers))


def _mqls(lead_id: pa.Array, found: list[MqlStay]) -> pa.Table:
    columns = {
        "lead_id": lead_id,
        "qualified_at": to_moments([stay.qualified_at for stay in found]),
        "lost_at": to_moments([stay.lost_at for stay in found]),
        "lost_reason": [stay.lost_reason for stay in found],
        "criteria_version": [stay.version for stay in found],
        "total_at_gain": [stay.total for stay in found],
        "ledger_id": [stay.ledger_id for stay in found],
    }
    return pa.table(columns, schema=MQLS)
