"""Writes `identity.person_identities` and tells which leads it touched."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from orchestration.identity.components import EDGES, RECORDS, assign_lead_ids
from orchestration.rules.seeds import read_seed
from orchestration.warehouse import transaction

_TABLE = """
create table if not exists identity.person_identities (
    record_key varchar, person_key varchar, lead_id varchar, own_lead_id varchar,
    match_rule varchar, match_probability double, changed_in_build integer
)
"""

# A record that is new, or whose person is another one now.
_CHANGED = """
create or replace temp table changed_identities as
select found.*, known.lead_id as former_lead_id
from found
left join identity.person_identities as known using (record_key)
where known.record_key is null
    or known.lead_id is distinct from found.lead_id
    or known.match_rule is distinct from found.match_rule
"""

_TOUCHED = """
insert into control.touched_leads
select distinct build.build_id, 'person_identities', touched.lead_id
from (
    select lead_id from changed_identities
    union
    select former_lead_id from changed_identities
    union
    select known.lead_id from identity.person_identities as known
    where known.record_key not in (select record_key from found)
) as touched
cross join control.build as build
where touched.lead_id is not null
"""

_FORGET = """
delete from identity.person_identities
where record_key in (select record_key from changed_identities)
    or record_key not in (select record_key from found)
"""

_KEEP = """
insert into identity.person_identities
select
    changed.record_key, changed.person_key, changed.lead_id, changed.own_lead_id,
    changed.match_rule, changed.match_probability, build.build_id
from changed_identities as changed
cross join control.build as build
"""


def write_identities(connection: duckdb.DuckDBPyConnection, root: Path) -> int:
    """Find who is one person, and replace the rows of the records whose person changed.

    Args:
        connection: The warehouse, with `int_person_records` and `int_identity_edges` built.
        root: The project's folder, for the decisions in its seeds.

    Returns:
        How many records have a new person.
    """
    records = _read(connection, "int_person_records", RECORDS)
    edges = _read(connection, "int_identity_edges", EDGES)
    found = assign_lead_ids(records, edges, read_seed(root, "identity_overrides"))
    connection.register("found", found)
    with transaction(connection):
        connection.execute("create schema if not exists identity")
        connection.execute(_TABLE)
        connection.execute(
            "delete from control.touched_leads where build_id <="
            " (select completed_build_id from control.build)"
        )
        connection.execute(_CHANGED)
        connection.execute(_TOUCHED)
        connection.execute(_FORGET)
        connection.execute(_KEEP)
        changed = connection.execute("select count(*) from changed_identities").fetchone()
    connection.unregister("found")
    return int(changed[0]) if changed else 0


def _read(connection: duckdb.DuckDBPyConnection, model: str, schema: pa.Schema) -> pa.Table:
    columns = ", ".join(schema.names)
    return (
        connection.sql(f"select {columns} from intermediate.{model}").to_arrow_table().cast(schema)
    )
