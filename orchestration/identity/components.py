"""Person records that are joined, directly or through others, are one person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
        ("person_name", pa.string()),
    ]
)

# One row per pair of records and rule that joins them; a key may be of a record that never landed.
EDGES = pa.schema(
    [
        ("record_key_a", pa.string()),
        ("record_key_b", pa.string()),
        ("match_rule", pa.string()),
        ("match_probability", pa.float64()),
    ]
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

# The strongest rule that joins a record names it. What a tool or a person says holds whatever comes
# of it; what addresses and probabilities say, in this order, holds up to the limit.
_CERTAIN = ("override", "conversion", "merge", "foreign_id")
_WEAK = ("email", "probabilistic")
_RANKS = {rule: rank for rank, rule in enumerate((*_CERTAIN, *_WEAK))}
_LATEST = np.iinfo(np.int64).max

Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Persons:
    """Who is one person.

    Attributes:
        identities: Schema `IDENTITIES`, one row per record, sorted by record_key.
        refused: Schema `EDGES`: weak edges that would have made a person over the limit.
    """

    identities: pa.Table
    refused: pa.Table


@dataclass(frozen=True)
class _Graph:
    """Edges between numbered nodes; the records come first, in the order of their keys."""

    records: int
    nodes: int
    a: Ints
    b: Ints
    rank: Ints
    probability: np.ndarray[Any, np.dtype[np.float64]]

    def components(self, edges: np.ndarray[Any, np.dtype[np.bool_]]) -> Ints:
        """Give the number of the component of each node, joined by some of the edges."""
        ones = np.ones(int(edges.sum()), dtype=np.int8)
        matrix = coo_array((ones, (self.a[edges], self.b[edges])), shape=(self.nodes, self.nodes))
        _, labels = connected_components(matrix, directed=False)
        return np.asarray(labels, dtype=np.int64)


def lead_id_of(connector: str, record_type: str, record_id: str) -> str:
    """Hash a person record: the id of the lead it founds, 32 hexadecimal digits."""
    name = f"{connector}|{record_type}|{record_id}"
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def resolve_persons(
    records: pa.Table,
    edges: pa.Table,
    overrides: Sequence[Mapping[str, Any]] = (),
    cluster_limit: int | None = None,
) -> Persons:
    """Find the person of every record.

    The lead_id of a person is that of the record with the smallest (created_at, connector,
    record_type, record_id) of all its records, deleted ones included, so that it stays when records
    come or go.

    Args:
        records: Schema `RECORDS`; keys are unique.
        edges: Schema `EDGES`.
        overrides: Decisions of people, with record_a, record_b and verdict. `same` joins two
            records; `different` takes from record_a all that joins it by rule.
        cluster_limit: A person of more names is not held together by addresses, one of more
            records not by probabilities; a record without a name counts as one of its own. None
            for no limit.

    Returns:
        The persons, and the edges that the limit refused.
    """
    ordered = records.sort_by("record_key")
    decided = _decided(edges, overrides)
    graph = _graph(ordered.column("record_key").to_pylist(), decided)
    accepted = _accepted(graph, _names(ordered), cluster_limit)
    labels = graph.components(accepted)[: graph.records]
    own_ids = [lead_id_of(*place) for place in zip(*_places(ordered), strict=True)]
    founders = _founders(ordered, labels)
    living = np.zeros(int(labels.max(initial=-1)) + 1, dtype=bool)
    living[labels[np.array(ordered.column("record_status").to_pylist()) == "used"]] = True
    rules, probabilities = _reasons(graph, accepted)
    identities = pa.table(
        [
            ordered.column("record_key"),
            ordered.column("person_key"),
            pa.array(
                [own_ids[founders[label]] if living[label] else None for label in labels.tolist()],
                pa.string(),
            ),
            pa.array(own_ids, pa.string()),
            pa.array(rules, pa.string()),
            pa.array(probabilities),
        ],
        schema=IDENTITIES,
    )
    return Persons(identities, decided.filter(pa.array(~accepted)))


def _decided(edges: pa.Table, overrides: Sequence[Mapping[str, Any]]) -> pa.Table:
    """The edges that count after what people decided."""
    parted = {row["record_a"] for row in overrides if row["verdict"] == "different"}
    if parted:
        ends = zip(*(edges.column(name).to_pylist() for name in EDGES.names[:2]), strict=True)
        edges = edges.filter(pa.array([a not in parted and b not in parted for a, b in ends]))
    joined = [
        {"record_key_a": row["record_a"], "record_key_b": row["record_b"], "match_rule": "override"}
        for row in overrides
        if row["verdict"] == "same"
    ]
    return pa.concat_tables([edges, pa.Table.from_pylist(joined, EDGES)]).combine_chunks()


def _graph(keys: list[str], edges: pa.Table) -> _Graph:
    """Number the keys; those of edges that no record has are nodes too."""
    numbers = {key: number for number, key in enumerate(keys)}
    a, b = (
        np.array(
            [numbers.setdefault(key, len(numbers)) for key in edges.column(name).to_pylist()],
            dtype=np.int64,
        )
        for name in EDGES.names[:2]
    )
    ranks = [_RANKS[rule] for rule in edges.column("match_rule").to_pylist()]
    probability = edges.column("match_probability").fill_null(1.0).to_numpy()
    return _Graph(len(keys), len(numbers), a, b, np.array(ranks, dtype=np.int64), probability)


def _accepted(graph: _Graph, names: Ints, limit: int | None) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which edges hold: a weak kind holds nobody together who would come over the limit by it.

    Of an address the names are counted: one person may be entered any number of times, but what
    many names share is no person's. Probabilities rest on the name, so there records are counted.
    """
    counted = {"email": names, "probabilistic": np.arange(graph.records)}
    accepted = graph.rank < len(_CERTAIN)
    for rule in _WEAK:
        tried = accepted | (graph.rank == _RANKS[rule])
        labels = graph.components(tried)
        members = np.unique(np.column_stack((labels[: graph.records], counted[rule])), axis=0)
        sizes = np.bincount(members[:, 0], minlength=int(labels.max(initial=-1)) + 1)
        too_many = sizes > (limit or graph.records)
        accepted = accepted | (tried & ~too_many[labels[graph.a]])
    return accepted


def _names(records: pa.Table) -> Ints:
    """The number of each record's name; a record without one has a number of its own."""
    numbers: dict[object, int] = {}
    names = records.column("person_name").to_pylist()
    keys = (place if name is None else name for place, name in enumerate(names))
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _places(records: pa.Table) -> list[list[str]]:
    return [records.column(name).to_pylist() for name in ("connector", "record_type", "record_id")]


def _founders(records: pa.Table, labels: Ints) -> dict[int, int]:
    """The position of the first record of each component."""
    created = [
        _LATEST if moment is None else moment
        for moment in records.column("created_at").cast(pa.int64()).to_pylist()
    ]
    order = sorted(
        range(records.num_rows),
        key=list(zip(created, *_places(records), strict=True)).__getitem__,
    )
    founders: dict[int, int] = {}
    numbers = labels.tolist()
    for position in order:
        founders.setdefault(numbers[position], position)
    return founders


def _reasons(
    graph: _Graph, accepted: np.ndarray[Any, np.dtype[np.bool_]]
) -> tuple[list[str], np.ndarray[Any, np.dtype[np.float64]]]:
    """The strongest rule that joins each record to another, and how probable it is by it."""
    rules = (*_CERTAIN, *_WEAK, "alone")
    best = np.full(graph.nodes, len(rules) - 1)
    likely = np.zeros(graph.nodes)
    for ends in (graph.a, graph.b):
        np.minimum.at(best, ends[accepted], graph.rank[accepted])
    for ends in (graph.a, graph.b):
        telling = accepted & (graph.rank == best[ends])
        np.maximum.at(likely, ends[telling], graph.probability[telling])
    likely[best == len(rules) - 1] = 1.0
    own = slice(0, graph.records)
    return [rules[rank] for rank in best[own].tolist()], likely[own]
