"""Who is one person: the lead of every person record."""

from __future__ import annotations

import dagster as dg
import duckdb
import pyarrow as pa

from orchestration.defs.night import Night
from orchestration.defs.steps import POOL, step
from orchestration.defs.warehouse_tables import current_build
from orchestration.identity.components import EDGES, RECORDS, assign_lead_ids
from orchestration.landing.build import Build
from orchestration.rules.seeds import read_seed
from orchestration.settings import PROJECT_ROOT
from orchestration.warehouse import transaction

RELATION = "identity.person_identities"


@dg.asset(
    group_name="identity",
    kinds={"python", "duckdb"},
    pool=POOL,
    deps=["int_person_records", "int_identity_edges"],
)
def person_identities(night: Night) -> dg.MaterializeResult[None]:
    """One row per person record with its lead, and the build in which that last changed."""
    with step() as doing, night.warehouse() as connection:
        identities = assign_lead_ids(
            _read(connection, RECORDS, "intermediate.int_person_records"),
            _read(connection, EDGES, "intermediate.int_identity_edges"),
            read_seed(PROJECT_ROOT, "identity_overrides"),
        )
        with transaction(connection):
            changed = _write(connection, identities, current_build(connection))
        doing.done = f"{identities.num_rows:,} person records, {changed:,} of another lead now,"
        return dg.MaterializeResult(
            metadata={"dagster/row_count": identities.num_rows, "changed": changed}
        )


def _read(connection: duckdb.DuckDBPyConnection, schema: pa.Schema, relation: str) -> pa.Table:
    columns = ", ".join(schema.names)
    return connection.execute(f"select {columns} from {relation}").to_arrow_table().cast(schema)


def _write(connection: duckdb.DuckDBPyConnection, identities: pa.Table, build: Build) -> int:
    """Write the identities; tell the models of lead grain whose records came, went or moved."""
    connection.execute("create schema if not exists identity")
    if build.completed_build_id == 0:
        connection.execute(
            f"create or replace table {RELATION} as"
            f" select *, {build.build_id} as changed_in_build from identities"
        )
        return int(identities.num_rows)
    # A row that is the same but for the build keeps the build in which it last changed.
    same = " and ".join(
        f"before.{column} is not distinct from identities.{column}"
        for column in identities.column_names
    )
    connection.execute(
        f"""
        create temp table moved as
            select record_key, lead_id from identities
            anti join {RELATION} as before on {same}
            union all
            select record_key, lead_id from {RELATION} as before anti join identities on {same}
        """
    )
    connection.execute(
        f"""
        insert into control.touched_leads (build_id, model, lead_id)
        select distinct {build.build_id}, 'person_identities', lead_id from moved
        where lead_id is not null
        """
    )
    connection.execute(f"delete from {RELATION} where record_key in (select record_key from moved)")
    connection.execute(
        f"""
        insert into {RELATION}
        select *, {build.build_id} from identities
        where record_key in (select record_key from moved)
        """
    )
    row = connection.execute("select count(distinct record_key) from moved").fetchone()
    connection.execute("drop table moved")
    return int(row[0]) if row else 0
