"""Person records that are joined, directly or through others, are one person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

# One row per person record, deleted ones included: they join the others all the same.
RECORDS = pa.schema(
    [
        ("record_key", pa.string()),
        ("person_key", pa.string()),
        ("connector", pa.string()),
        ("record_type", pa.string()),
        ("record_id", pa.string()),
        ("created_at", pa.timestamp("us")),
        ("record_status", pa.string()),
    ]
)

# One row per pair of records and rule that joins them; a key may be of a record that never landed.
EDGES = pa.schema(
    [("record_key_a", pa.string()), ("record_key_b", pa.string()), ("match_rule", pa.string())]
)

IDENTITIES = pa.schema(
    [
        ("record_key", pa.string()),
        ("person_key", pa.string()),
        ("lead_id", pa.string()),  # null: all records of the person are deleted
        ("own_lead_id", pa.string()),  # what the record would have alone
        ("match_rule", pa.string()),
        ("match_probability", pa.float64()),
    ]
)

# The strongest rule that joins a record names it.
_RULE_ORDER = ("override", "conversion", "merge", "foreign_id", "email")
_LATEST = np.iinfo(np.int64).max


def lead_id_of(connector: str, record_type: str, record_id: str) -> str:
    """Hash a person record: the id of the lead it founds, 32 hexadecimal digits."""
    name = f"{connector}|{record_type}|{record_id}"
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def assign_lead_ids(
    records: pa.Table, edges: pa.Table, overrides: Sequence[Mapping[str, Any]] = ()
) -> pa.Table:
    """Find the person of every record.

    The lead_id of a person is that of the record with the smallest (created_at, connector,
    record_type, record_id) of all its records, deleted ones included, so that it stays when records
    come or go.

    Args:
        records: Schema `RECORDS`; keys are unique.
        edges: Schema `EDGES`.
        overrides: Decisions of people, with record_a, record_b and verdict. `same` joins two
            records; `different` takes from record_a all that joins it by rule.

    Returns:
        Schema `IDENTITIES`, one row per record, sorted by record_key.
    """
    ordered = records.sort_by("record_key")
    pairs = _decided(edges, overrides)
    labels = _components(ordered.column("record_key").to_pylist(), pairs)
    own_ids = [
        lead_id_of(connector, record_type, record_id)
        for connector, record_type, record_id in zip(
            *(
                ordered.column(name).to_pylist()
                for name in ("connector", "record_type", "record_id")
            ),
            strict=True,
        )
    ]
    founders = _founders(ordered, labels)
    living = np.zeros(int(labels.max(initial=-1)) + 1, dtype=bool)
    living[labels[np.array(ordered.column("record_status").to_pylist()) == "used"]] = True
    rules = _rules(ordered.column("record_key").to_pylist(), pairs)
    return pa.table(
        [
            ordered.column("record_key"),
            ordered.column("person_key"),
            pa.array(
                [own_ids[founders[label]] if living[label] else None for label in labels],
                pa.string(),
            ),
            pa.array(own_ids, pa.string()),
            pa.array(rules, pa.string()),
            pa.array(np.ones(ordered.num_rows)),
        ],
        schema=IDENTITIES,
    )


def _decided(edges: pa.Table, overrides: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """The edges that count after what people decided."""
    parted = {row["record_a"] for row in overrides if row["verdict"] == "different"}
    pairs = [
        (a, b, rule)
        for a, b, rule in zip(
            *(edges.column(name).to_pylist() for name in EDGES.names), strict=True
        )
        if a not in parted and b not in parted
    ]
    joined = [
        (row["record_a"], row["record_b"], "override")
        for row in overrides
        if row["verdict"] == "same"
    ]
    return pairs + joined


def _components(keys: list[str], pairs: list[tuple[str, str, str]]) -> np.ndarray[Any, Any]:
    """The number of the component of each key; keys of pairs that no record has are nodes too."""
    numbers = {key: number for number, key in enumerate(keys)}
    for a, b, _ in pairs:
        numbers.setdefault(a, len(numbers))
        numbers.setdefault(b, len(numbers))
    rows = np.array([numbers[a] for a, _, _ in pairs], dtype=np.int64)
    columns = np.array([numbers[b] for _, b, _ in pairs], dtype=np.int64)
    size = len(numbers)
    graph = coo_array((np.ones(len(pairs), dtype=np.int8), (rows, columns)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    return np.asarray(labels[: len(keys)])


def _founders(records: pa.Table, labels: np.ndarray[Any, Any]) -> dict[int, int]:
    """The position of the first record of each component."""
    created = [
        _LATEST if moment is None else moment
        for moment in records.column("created_at").cast(pa.int64()).to_pylist()
    ]
    names = (records.column(name).to_pylist() for name in ("connector", "record_type", "record_id"))
    order = sorted(range(records.num_rows), key=list(zip(created, *names, strict=True)).__getitem__)
    founders: dict[int, int] = {}
    for position in order:
        founders.setdefault(int(labels[position]), position)
    return founders


def _rules(keys: list[str], pairs: list[tuple[str, str, str]]) -> list[str]:
    """The strongest rule that joins each record to another; `alone` where none does."""
    ranks = {rule: rank for rank, rule in enumerate(_RULE_ORDER)}
    best: dict[str, str] = {}
    for a, b, rule in pairs:
        for key in (a, b):
            if key not in best or ranks[rule] < ranks[best[key]]:
                best[key] = rule
    return [best.get(key, "alone") for key in keys]
