"""The words that BI may rely on. Stages, bands and their limits are not here: they are seeds."""

from __future__ import annotations

ACTIVITY_TYPES = (
    "page_view",
    "link_click",
    "form_submit",
    "download",
    "inquiry",
    "meeting_request",
    "email_sent",
    "email_delivered",
    "email_open",
    "email_click",
    "email_bounce",
    "email_unsubscribe",
    "event_invited",
    "event_registered",
    "event_attended",
    "event_no_show",
    "sales_call",
    "sales_meeting",
    "sales_email",
    "sales_task",
    "status_change",
)
LIFECYCLES = ("lead", "mql", "sql", "opportunity", "customer", "lost", "disqualified", "excluded")
EXCLUSION_REASONS = (
    "customer",
    "partner",
    "competitor",
    "staff",
    "job_seeker",
    "student",
    "test",
)
JOB_LEVELS = ("executive", "head", "manager", "staff", "unknown")
CONSENT_STATUSES = ("opted_in", "opted_out", "unknown")
DIRECTIONS = ("initial", "forward", "skipped", "backward", "recycled", "lost", "won")
QUALIFICATIONS = ("mql", "sql")
SALES_RESPONSES = ("accepted", "rejected", "none")
OUTCOMES = ("awarded", "limited", "capped", "excluded", "machine")
SCORE_KINDS = ("behaviour", "attribute", "manual")
