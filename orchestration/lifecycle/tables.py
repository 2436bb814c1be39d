"""The tables that go into and come out of the lifecycle, as Arrow schemas.

Timestamps are naive UTC. Validity is half-open, [valid_from, valid_to), in local days; an empty
bound is open. Intervals of time are half-open too. Rows may come in any order.
"""

from __future__ import annotations

import pyarrow as pa

from orchestration.errors import LeadsError

TEXT = pa.string()
NUMBER = pa.float64()
MOMENT = pa.timestamp("us")
DAY = pa.date32()
COUNT = pa.int32()
FLAG = pa.bool_()
TEXTS = pa.list_(TEXT)


def _schema(columns: dict[str, pa.DataType], nullable: tuple[str, ...] = ()) -> pa.Schema:
    return pa.schema([pa.field(name, kind, name in nullable) for name, kind in columns.items()])


_VALIDITY = {"valid_from": DAY, "valid_to": DAY}
_VALID = ("valid_from", "valid_to")

# --- what is computed from ----------------------------------------------------------------------

# One row per lead with its earliest moment.
LEADS = _schema({"lead_id": TEXT, "first_seen_at": MOMENT})

# One row per activity and rule within the daily limit, machines left out.
CANDIDATES = _schema(
    {
        "candidate_id": TEXT,
        "lead_id": TEXT,
        "rule_id": TEXT,
        "rule_group": TEXT,
        "effective_at": MOMENT,
        "points": NUMBER,
        "sort_key": TEXT,  # total order of the rows of one lead and instant
    },
    nullable=("rule_group",),
)

# One row per ledger row that counts; the facade makes those of behaviour from the candidates.
POINTS = _schema(
    {
        "lead_id": TEXT,
        "ledger_id": TEXT,
        "effective_at": MOMENT,
        "score_kind": TEXT,  # behaviour (decays), attribute, manual (do not)
        "points_awarded": NUMBER,
        "sort_key": TEXT,
    }
)

# One row per human activity of a lead.
HUMAN_ACTIVITIES = _schema({"lead_id": TEXT, "occurred_at": MOMENT})

# One row per interval in which a lead is excluded, to_at null while it is; intervals may overlap.
EXCLUSIONS = _schema(
    {"lead_id": TEXT, "from_at": MOMENT, "to_at": MOMENT, "reason": TEXT}, nullable=("to_at",)
)

# One row per thing that says something about the stage of a lead.
EVIDENCE = _schema(
    {
        "lead_id": TEXT,
        "from_at": MOMENT,
        "through_at": MOMENT,  # = from_at for an instant; null: still going on
        "stage_key": TEXT,
        "trigger": TEXT,
        "trigger_id": TEXT,
        "kind": TEXT,  # evidence, status, returned, closing
        "reopens": TEXT,  # which closing stages it leads out of: none, lost (all but won), any
    },
    nullable=("through_at", "trigger_id"),
)

# One row per lead, attribute and moment from which a value holds until the next row. Attributes:
# purchase_deadline (a local date, 2026-09-30), buying_role, is_budget_known, is_target_size (true,
# false). A null value says that it is not known any more. trigger_id is the row that told it.
ANSWERS = _schema(
    {"lead_id": TEXT, "attribute": TEXT, "valid_from": MOMENT, "value": TEXT, "trigger_id": TEXT},
    nullable=("value", "trigger_id"),
)

# One row per inquiry or meeting request.
ASKS = _schema({"lead_id": TEXT, "asked_at": MOMENT, "trigger_id": TEXT}, nullable=("trigger_id",))

# One row per mark (status, conversion, opportunity) by which sales itself says: this is an SQL.
HAND_MARKS = _schema(
    {"lead_id": TEXT, "marked_at": MOMENT, "mark": TEXT, "trigger_id": TEXT},
    nullable=("trigger_id",),
)

# One row per moment at which sales rejected a lead or returned it to nurturing.
DISMISSALS = _schema({"lead_id": TEXT, "dismissed_at": MOMENT})

# --- the rules, from seeds ----------------------------------------------------------------------

# One row per cap: at most max_points (absolute) in window_days that end with the event's own day.
CAPS = _schema(
    {
        "cap_id": TEXT,
        "scope": TEXT,  # rule, group
        "scope_key": TEXT,  # a rule_id or a rule_group
        "sign": TEXT,  # positive, negative
        "max_points": NUMBER,
        "window_days": COUNT,
        **_VALIDITY,
    },
    nullable=_VALID,
)

# One row per half-life of behaviour points; each holds until the next one begins.
HALF_LIVES = _schema({"half_life_days": NUMBER, **_VALIDITY}, nullable=_VALID)

# One row per version of the MQL criteria.
MQL_CRITERIA = _schema(
    {
        "criteria_version": TEXT,
        "threshold": NUMBER,
        "exit_threshold": NUMBER,
        "active_within_days": COUNT,
        **_VALIDITY,
    },
    nullable=_VALID,
)

# One row per version of the SQL criteria; needs_any_of names flags (is_budget_known,
# is_target_size) of which one must be true, none named: none needed.
SQL_CRITERIA = _schema(
    {
        "criteria_version": TEXT,
        "max_months_ahead": COUNT,
        "accepted_roles": TEXTS,
        "needs_any_of": TEXTS,
        "asked_within_days": COUNT,
        **_VALIDITY,
    },
    nullable=_VALID,
)

# One row per stage; without time_out_days its evidence counts for ever.
STAGES = _schema(
    {"stage_key": TEXT, "stage_order": COUNT, "is_closing": FLAG, "time_out_days": COUNT},
    nullable=("time_out_days",),
)

# --- what comes out -----------------------------------------------------------------------------

# One row per candidate, with what the caps left of its points; cap_id is the cap that bound.
AWARDS = pa.schema(
    [
        *CANDIDATES,
        *_schema({"points_awarded": NUMBER, "outcome": TEXT}),  # awarded, capped
        *_schema({"cap_id": TEXT}, nullable=("cap_id",)),
    ]
)

# One row per lead and stage entered; from_stage is null in the first, exited_at in the last.
TRANSITIONS = _schema(
    {
        "lead_id": TEXT,
        "from_stage": TEXT,
        "to_stage": TEXT,
        "entered_at": MOMENT,
        "exited_at": MOMENT,
        "direction": TEXT,  # initial, forward, skipped, backward, recycled, lost, won
        "trigger": TEXT,  # that of the evidence, else first_seen or time_out
        "trigger_id": TEXT,  # of a time-out: the evidence that ran out
    },
    nullable=("from_stage", "exited_at", "trigger_id"),
)

# One row per stay of a lead in a closing stage.
CLOSINGS = _schema({"lead_id": TEXT, "from_at": MOMENT, "to_at": MOMENT}, nullable=("to_at",))

# One row per moment at which the total of a lead went from under the threshold to it or over.
CROSSINGS = _schema({"lead_id": TEXT, "crossed_at": MOMENT, "total": NUMBER})

# One row per lead and MQL gained; lost_at is null while it is open.
MQLS = _schema(
    {
        "lead_id": TEXT,
        "qualified_at": MOMENT,
        "lost_at": MOMENT,
        "lost_reason": TEXT,  # exclusion, closing_stage, score, inactivity
        "criteria_version": TEXT,
        "total_at_gain": NUMBER,
        "ledger_id": TEXT,  # the last ledger row of the instant, if any
    },
    nullable=("lost_at", "lost_reason", "ledger_id"),
)

# One row per lead and SQL gained, with the values that met the criteria. trigger says what
# completed it: a hand mark's own word, else ask, answer, points, release (an exclusion or a closing
# stage ended) or midnight.
SQLS = _schema(
    {
        "lead_id": TEXT,
        "qualified_at": MOMENT,
        "lost_at": MOMENT,
        "lost_reason": TEXT,  # exclusion, closing_stage, value_change, mql_lost, regained
        "criteria_version": TEXT,  # manual when by hand
        "basis": TEXT,  # mql, asked, manual
        "trigger": TEXT,
        "trigger_id": TEXT,
        "purchase_deadline": DAY,
        "buying_role": TEXT,
        "is_budget_known": FLAG,
        "is_target_size": FLAG,
    },
    nullable=("lost_at", "lost_reason", "trigger_id", "purchase_deadline", "buying_role"),
)


def conform(table: pa.Table, schema: pa.Schema, name: str) -> pa.Table:
    """Bring a table into a schema.

    Args:
        table: Any table that has the schema's columns.
        schema: The schema wanted.
        name: What the table is called in the error.

    Returns:
        The schema's columns, in its order and types.

    Raises:
        LeadsError: A column is missing, does not fit its type, or has nulls where none are allowed.
    """
    where = f"lifecycle table {name}"
    missing = [column for column in schema.names if column not in table.column_names]
    if missing:
        raise LeadsError(
            f"columns are missing: {', '.join(missing)}", where=where, mend="select them"
        )
    empty = [f.name for f in schema if not f.nullable and table.column(f.name).null_count]
    if empty:
        raise LeadsError(
            f"columns have nulls: {', '.join(empty)}", where=where, mend="leave such rows out"
        )
    try:
        return pa.table([table.column(f.name).cast(f.type) for f in schema], schema=schema)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise LeadsError(str(error), where=where, mend="give the type the schema names") from error
