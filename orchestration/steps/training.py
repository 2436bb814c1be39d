"""Writes estimated match weights beside the warehouse, for a person to review."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.errors import LeadsError
from orchestration.identity.components import EDGES, RECORDS, resolve_persons
from orchestration.identity.features import FEATURES
from orchestration.identity.training import Weight, train
from orchestration.identity.weights import MatchModel

_EDGES = """
select record_key_a, record_key_b, match_rule, cast(null as double) as match_probability
from intermediate.int_identity_edges
"""


def write_trained_weights(
    connection: duckdb.DuckDBPyConnection, model: MatchModel, version: str, path: Path
) -> int:
    """Learn from the persons of the warehouse, one record of each.

    Args:
        connection: The warehouse, after a night.
        model: The numbers that hold today; a level that nobody shows keeps its own.
        version: What to call the new ones.
        path: The file to write, with the columns of the seed `match_weights`.

    Returns:
        From how many persons was learned.

    Raises:
        LeadsError: There was no night, or it saw too few persons.
    """
    features = _features(connection)
    weights = train(features, model.prior)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("model_version", "comparison", "level", "m", "u", "note"))
        rows.writerows(_row(version, model, weight) for weight in weights)
    return int(features.num_rows)


def _row(version: str, model: MatchModel, weight: Weight) -> tuple[object, ...]:
    m, u = model.shares[weight.comparison, weight.level]
    missing = [name for name, share in (("m", weight.m), ("u", weight.u)) if share is None]
    note = f"{' and '.join(missing)} as in {model.version}: no such pair" if missing else ""
    shares = (weight.m if weight.m is not None else m, weight.u if weight.u is not None else u)
    return version, weight.comparison, weight.level, *shares, note


def _features(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The features of the first record of each person, as far as ids and addresses tell."""
    try:
        records = connection.sql(
            f"select {', '.join(RECORDS.names)} from intermediate.int_person_records"
        ).to_arrow_table()
        edges = connection.sql(_EDGES).to_arrow_table().cast(EDGES)
        features = connection.sql(
            f"select {', '.join(FEATURES.names)} from identity.match_features order by record_key"
        ).to_arrow_table()
    except duckdb.CatalogException as error:
        raise LeadsError(
            "there are no person records to learn from",
            where="the warehouse",
            mend="run make nightly first",
        ) from error
    persons = resolve_persons(records.cast(RECORDS), edges).identities
    founders = persons.filter(pc.equal(persons["lead_id"], persons["own_lead_id"]))
    return features.filter(pc.is_in(features["record_key"], founders["record_key"]))
