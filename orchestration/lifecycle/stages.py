"""The stage of each lead over time, from evidence with time-outs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import attrgetter

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.errors import LeadsError
from orchestration.lifecycle.days import FOREVER
from orchestration.lifecycle.ladder import Climber, Evidence, Ladder, Move
from orchestration.lifecycle.lead_rows import lead_ids, rows_by_lead, to_moments
from orchestration.lifecycle.tables import CLOSINGS, EVIDENCE, LEADS, STAGES, TRANSITIONS, conform

KINDS = ("evidence", "status", "returned", "closing")
REOPENS = ("none", "lost", "any")


def stage_transitions(leads: pa.Table, evidence: pa.Table, stages: pa.Table) -> pa.Table:
    """Follow every lead through the stages.

    A lead stands in the highest open stage with evidence. Evidence counts for its stage and those
    below, for each in [from_at, through_at + time-out of that stage). Sales' own status (kinds
    status and returned) voids what was dated before it for the stages above its own. A closing row
    takes the lead out until evidence reopens it. Falls by time-out lie ahead as if nothing else
    happened.

    Args:
        leads: Rows as in LEADS; a lead begins there or at its first evidence, whichever is earlier.
        evidence: Rows as in EVIDENCE; rows of leads not in `leads` are left out.
        stages: Rows as in STAGES.

    Returns:
        Rows as in TRANSITIONS, sorted by lead_id and entered_at; no two of a lead at one moment.

    Raises:
        LeadsError: Evidence has an unknown stage, kind or way to reopen.
    """
    ladder = Ladder.read(conform(stages, STAGES, "stages"))
    leads = conform(leads, LEADS, "leads")
    evidence = conform(evidence, EVIDENCE, "evidence")
    _check(evidence, ladder)
    ids = lead_ids(leads)
    seen = rows_by_lead(leads, ids, ("first_seen_at",)).per_lead("first_seen_at")
    order = ("from_at", "stage_key", "kind", "trigger", "trigger_id", "through_at", "reopens")
    rows = rows_by_lead(evidence, ids, order)
    numbers: list[int] = []
    moves: list[Move] = []
    for number, (firsts, told) in enumerate(
        zip(seen, rows.per_lead(*Evidence._fields), strict=True)
    ):
        moves += _lead_moves(firsts[0][0], list(map(Evidence._make, told)), ladder)
        numbers += [number] * (len(moves) - len(numbers))
    return _transitions(ids.take(pa.array(numbers, pa.int64())), numbers, moves)


def closing_intervals(transitions: pa.Table, stages: pa.Table) -> pa.Table:
    """The stays of leads in closing stages.

    Args:
        transitions: Rows as in TRANSITIONS.
        stages: Rows as in STAGES.

    Returns:
        Rows as in CLOSINGS.
    """
    closing = pa.array(Ladder.read(conform(stages, STAGES, "stages")).closing, pa.string())
    stays = transitions.filter(pc.is_in(transitions.column("to_stage"), value_set=closing))
    return pa.table(
        [stays.column("lead_id"), stays.column("entered_at"), stays.column("exited_at")],
        schema=CLOSINGS,
    )


def _lead_moves(first_seen_at: int, told: list[Evidence], ladder: Ladder) -> Iterator[Move]:
    climber = Climber(ladder)
    instants = [(at, list(rows)) for at, rows in groupby(told, attrgetter("from_at"))]
    if not told or first_seen_at < told[0].from_at:
        instants.insert(0, (first_seen_at, []))
    for at, rows in instants:
        yield from climber.time_outs(before=at)
        move = climber.meet(at, rows)
        if move is not None:
            yield move
    yield from climber.time_outs(before=FOREVER)


def _check(evidence: pa.Table, ladder: Ladder) -> None:
    kinds = evidence.group_by(["stage_key", "kind", "reopens"]).aggregate([]).to_pylist()
    for row in kinds:
        known = ladder.closing if row["kind"] == "closing" else tuple(ladder.ranks)
        for column, accepted in (("kind", KINDS), ("reopens", REOPENS), ("stage_key", known)):
            if row[column] not in accepted:
                raise LeadsError(
                    f"{column} '{row[column]}' of kind '{row['kind']}'",
                    where="lifecycle table evidence",
                    mend=f"use one of {', '.join(accepted)}",
                )


def _transitions(lead_id: pa.Array, numbers: list[int], moves: list[Move]) -> pa.Table:
    pairs = pairwise(zip([*numbers, None], [*moves, None], strict=True))
    exits = [
        after.entered_at if after and number == number_after else FOREVER
        for (number, _), (number_after, after) in pairs
    ]
    columns = {
        "lead_id": lead_id,
        "entered_at": to_moments([move.entered_at for move in moves]),
        "exited_at": to_moments(exits),
    }
    for name in ("from_stage", "to_stage", "direction", "trigger", "trigger_id"):
        columns[name] = pa.array(list(map(attrgetter(name), moves)), pa.string())
    return pa.table([columns[name] for name in TRANSITIONS.names], schema=TRANSITIONS)
