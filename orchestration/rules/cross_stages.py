"""Rules about the ladder of stages, and about what leads up and down on it.

The stages are one order, so a cycle cannot be written as such. What comes to one is refused here
or by `unique`: two stages of one place, a closing stage among the open ones, evidence of a closing
stage, a status that returns a lead into one, a lowest stage that is left for want of evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestration.rules.problems import Problem
from orchestration.rules.reading import SeedRow, SeedTable

# What opportunities end in; the rules of directions name them.
CLOSING_STAGES = ("won", "lost", "disqualified")


def stages_make_one_ladder(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """Open stages stand below the closing ones, and the lowest is never left by itself.

    Args:
        tables: All seeds by name.

    Yields:
        Stages that would let a lead go round.
    """
    stages = _stages(tables)
    if not stages:
        return
    table = tables["stage_definitions"]
    records = sorted(table.records, key=lambda record: record.row["stage_order"])
    closed: str | None = None
    for number, record in enumerate(records):
        row = record.row
        if row["is_closing"]:
            closed = closed or row["stage_key"]
            continue
        if closed is not None:
            what = f"the open stage {row['stage_key']!r} stands above the closing stage {closed!r}"
            mend = "give every closing stage a greater stage_order than the open ones"
            yield table.problem(what, mend, line=record.line, column="stage_order")
        if number == 0 and row["time_out_days"] is not None:
            what = f"the lowest stage {row['stage_key']!r} has a time-out, but nothing below it"
            yield table.problem(what, "leave it empty", line=record.line, column="time_out_days")
    if records[0].row["is_closing"]:
        yield table.problem("the lowest stage is closing", "put an open stage first", line=2)
    for key in CLOSING_STAGES:
        if not stages.get(key, {}).get("is_closing"):
            what = f"there is no closing stage {key!r}, in which opportunities and statuses end"
            yield table.problem(what, "add it", column="stage_key")


def evidence_can_be_found(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """Evidence speaks of an open stage, of something that exists, and says within how many days.

    Args:
        tables: All seeds by name.

    Yields:
        Rules that could never find anything, or let a lead climb into a closing stage.
    """
    stages = _stages(tables)
    if not stages or "stage_evidence_rules" not in tables:
        return
    table = tables["stage_evidence_rules"]
    words = _words(tables)
    for record in table.records:
        row = record.row
        if stages.get(row["stage_key"], {}).get("is_closing"):
            what = f"{row['stage_key']!r} is a closing stage, which no evidence leads to"
            mend = "name an open stage; what closes is an opportunity or a status"
            yield table.problem(what, mend, line=record.line, column="stage_key")
        if row["occurrences"] > 1 and row["within_days"] is None:
            what = "more than one occurrence without days within which"
            yield table.problem(what, "write a number", line=record.line, column="within_days")
        flaw = _flaw(row["match_on"], row["match_value"], words)
        if flaw is not None:
            yield table.problem(*flaw, line=record.line, column="match_value")


def statuses_lead_to_fitting_stages(tables: Mapping[str, SeedTable]) -> Iterator[Problem]:
    """A status that closes names a closing stage, one that sets or returns an open one.

    Args:
        tables: All seeds by name.

    Yields:
        Statuses that would close by opening, or open by closing.
    """
    stages = _stages(tables)
    if not stages or "crm_status_map" not in tables:
        return
    table = tables["crm_status_map"]
    for record in table.records:
        meaning, stage = record.row["meaning"], record.row["stage_key"]
        if meaning == "working":
            continue
        if stage is None:
            what = f"the meaning {meaning!r} needs a stage"
            yield table.problem(what, "give it one", line=record.line, column="stage_key")
        elif stage in stages and stages[stage]["is_closing"] != (meaning == "closing"):
            kind = "a closing" if meaning == "closing" else "an open"
            what = f"{stage!r} is not {kind} stage, which the meaning {meaning!r} needs"
            mend = f"name {kind} stage, or change the meaning"
            yield table.problem(what, mend, line=record.line, column="stage_key")


def _stages(tables: Mapping[str, SeedTable]) -> dict[str, SeedRow]:
    """The stages by key; none where the project has no such seed, or another one of that name."""
    table = tables.get("stage_definitions")
    if table is None or table.seed.column("is_closing") is None:
        return {}
    return {record.row["stage_key"]: record.row for record in table.records}


def _words(tables: Mapping[str, SeedTable]) -> dict[str, tuple[object, ...]]:
    """What an activity can be, and be about: what score rules may name."""
    rules = tables.get("score_rules")
    if rules is None:
        return {}
    columns = {name: rules.seed.column(name) for name in ("activity_type", "content_category")}
    return {name: column.meta.accepted for name, column in columns.items() if column is not None}


def _flaw(
    match_on: str, value: str, words: Mapping[str, tuple[object, ...]]
) -> tuple[str, str] | None:
    if match_on in words and value not in words[match_on]:
        known = ", ".join(map(str, words[match_on]))
        return f"{value!r} is no {match_on.replace('_', ' ')}", f"use one of {known}"
    if match_on == "opportunity" and value != "open":
        return f"an opportunity cannot be {value!r} here", "write open"
    if match_on == "opportunity_probability" and not _is_percentage(value):
        return f"{value!r} is no probability in per cent", "write a number from 0 to 100"
    return None


def _is_percentage(text: str) -> bool:
    try:
        return 0 <= float(text) <= 100
    except ValueError:
        return False
