"""Writes the `identity` schema: who is one person or company, and which leads that touched."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from orchestration.identity.components import EDGES, RECORDS, resolve_persons
from orchestration.landing.declarations import read_project
from orchestration.rules.seeds import read_seed
from orchestration.steps.build import current_build, local_day
from orchestration.steps.companies import create_companies, write_companies
from orchestration.steps.matches import match_model, update_pairs
from orchestration.steps.reviews import NO_REVIEWS, write_reviews
from orchestration.warehouse import transaction

_TABLE = """
create table if not exists identity.person_identities (
    record_key varchar, person_key varchar, lead_id varchar, own_lead_id varchar,
    match_rule varchar, match_probability double, changed_in_build integer
)
"""

_EDGES = """
select record_key_a, record_key_b, match_rule, cast(null as double) as match_probability
from intermediate.int_identity_edges
union all
select record_key_a, record_key_b, 'probabilistic', probability
from identity.match_pairs where is_auto
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
    or known.match_probability is distinct from found.match_probability
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


def create_identities(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that models read, without rows, where they are missing."""
    connection.execute("create schema if not exists identity")
    connection.execute(_TABLE)
    connection.execute(NO_REVIEWS)
    create_companies(connection)


def write_identities(connection: duckdb.DuckDBPyConnection, root: Path) -> int:
    """Find who is one person, and replace the rows of the records whose person changed.

    Args:
        connection: The warehouse, with `int_person_records`, `int_identity_edges`,
            `int_match_fields` and `int_account_fields` built.
        root: The project's folder, for the numbers and decisions in its seeds.

    Returns:
        How many records have a new person.
    """
    build = current_build(connection)
    model = match_model(root, local_day(build.as_of, read_project(root).time_zone))
    decisions = read_seed(root, "identity_overrides")
    with transaction(connection):
        update_pairs(connection, root, model, anew=build.is_full_refresh)
        write_companies(connection, root, model)
        records = f"select {', '.join(RECORDS.names)} from intermediate.int_person_records"
        persons = resolve_persons(
            _read(connection, records, RECORDS),
            _read(connection, _EDGES, EDGES),
            decisions,
            model.cluster_limit,
        )
        changed = _replace(connection, persons.identities)
        write_reviews(connection, model, persons.refused, decisions)
    return changed


def _replace(connection: duckdb.DuckDBPyConnection, identities: pa.Table) -> int:
    connection.register("found", identities)
    connection.execute(_TABLE)
    connection.execute(
        "delete from control.touched_leads where build_id <="
        " (select completed_build_id from control.build)"
    )
    for statement in (_CHANGED, _TOUCHED, _FORGET, _KEEP):
        connection.execute(statement)
    changed = connection.execute("select count(*) from changed_identities").fetchone()
    connection.unregister("found")
    return int(changed[0]) if changed else 0


def _read(connection: duckdb.DuckDBPyConnection, query: str, schema: pa.Schema) -> pa.Table:
    return connection.sql(query).to_arrow_table().cast(schema)
