"""What is sequential per lead: caps, stages, crossings, MQL and SQL."""

from __future__ import annotations

from dataclasses import fields

import dagster as dg
import duckdb
import pyarrow as pa

from orchestration.defs.night import Night
from orchestration.defs.steps import POOL, step
from orchestration.defs.warehouse_tables import current_build, replace_rows
from orchestration.lifecycle import tables
from orchestration.lifecycle.lifecycle import LifecycleInputs, LifecycleRules, lead_lifecycle
from orchestration.warehouse import transaction

# The model that holds each input, and which of its rows count.
INPUTS = {
    "leads": ("int_lead_starts", tables.LEADS, "true"),
    "candidates": ("int_score_candidates", tables.CANDIDATES, "eligibility = 'eligible'"),
    "attribute_points": ("int_attribute_points", tables.POINTS, "true"),
    "human_activities": ("int_human_activities", tables.HUMAN_ACTIVITIES, "true"),
    "exclusions": ("int_exclusions", tables.EXCLUSIONS, "true"),
    "evidence": ("int_stage_evidence", tables.EVIDENCE, "true"),
    "answers": ("int_lead_answers", tables.ANSWERS, "true"),
    "asks": ("int_asks", tables.ASKS, "true"),
    "hand_marks": ("int_hand_marks", tables.HAND_MARKS, "true"),
}
