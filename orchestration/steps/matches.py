"""Keeps the pairs of person records that may be one person: `identity.match_pairs`.

A pair's probability follows from its two records and the reviewed weights alone, so that a night
compares only the records that changed with those they share a block with. A block is a text that
records have in common; one that too many share compares nobody, and where a block comes over that
limit or back under it, all its records count as changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from orchestration.identity.comparisons import BLOCK_KINDS, BLOCKS
from orchestration.identity.features import FEATURES, FIELDS, features_of
from orchestration.identity.weights import MatchModel
from orchestration.rules.seeds import read_seed
from orchestration.steps.processes import in_processes
from orchestration.text.names import CompanyForms

# Two seconds of one process: for fewer no other need be started.
RECORDS_AT_A_TIME = 50_000

_HASH = "md5(concat_ws('|', {}))".format(
    ", ".join(f"coalesce(cast({name} as varchar), chr(1))" for name in FIELDS.names)
)

_FEATURES = ", ".join(
    f"{field.name} {'boolean' if pa.types.is_boolean(field.type) else 'varchar'}"
    for field in FEATURES
)

_TABLES = f"""
create table if not exists identity.match_features ({_FEATURES}, fields_hash varchar);
create table if not exists identity.match_blocks (record_key varchar, block_key varchar);
create table if not exists identity.match_pairs (
    record_key_a varchar, record_key_b varchar, probability double, name_level varchar,
    reasons varchar, is_auto boolean
);
create table if not exists identity.match_model (fingerprint varchar)
"""

_CHANGED = f"""
create or replace temp table changed_records as
with fields as (select *, {_HASH} as fields_hash from intermediate.int_match_fields)
select fields.* from fields
left join identity.match_features as known using (record_key)
where known.record_key is null or known.fields_hash <> fields.fields_hash;

create or replace temp table outdated_records as
select record_key from changed_records
union all
select known.record_key from identity.match_features as known
where known.record_key not in (select record_key from intermediate.int_match_fields)
"""

# Which blocks of changed records hold more records than the limit: asked before and after.
_OVER_LIMIT = """
create or replace temp table {name} as
select block_key from identity.match_blocks
where block_key in (select block_key from touched_blocks)
group by block_key
having count(*) > {limit}
"""

_NEW_BLOCKS = " union ".join(
    f"select record_key, '{BLOCK_KINDS[kind]}|' || {text} as block_key"
    f" from new_features where {text} is not null"
    for kind, text in BLOCKS.items()
)

_DIRTY = """
create or replace temp table dirty_records as
select record_key from outdated_records
union
select record_key from identity.match_blocks
where block_key in (
    (select block_key from over_before except select block_key from over_after)
    union all
    (select block_key from over_after except select block_key from over_before)
)
"""

_CANDIDATES = """
create or replace temp table candidates as
with small_blocks as (
    select block_key from identity.match_blocks
    where block_key in (
        select block_key from identity.match_blocks
        where record_key in (select record_key from dirty_records)
    )
    group by block_key
    having count(*) between 2 and {limit}
),
members as (
    select
        blocks.block_key, blocks.record_key, dirty.record_key is not null as is_dirty
    from identity.match_blocks as blocks
    inner join small_blocks using (block_key)
    left join dirty_records as dirty using (record_key)
)
select distinct one.record_key as record_key_a, other.record_key as record_key_b
from members as one
inner join members as other
    on one.block_key = other.block_key and one.record_key < other.record_key
where one.is_dirty or other.is_dirty
"""


def match_model(root: Path, day: date) -> MatchModel:
    """Read the numbers that hold on a day.

    Args:
        root: The project's folder, for its seeds.
        day: The day of the build.
    """
    return MatchModel.from_rows(
        read_seed(root, "match_settings"), read_seed(root, "match_weights"), day
    )


def update_pairs(
    connection: duckdb.DuckDBPyConnection, root: Path, model: MatchModel, *, anew: bool
) -> int:
    """Compare the records that changed; to be called within a transaction.

    Args:
        connection: The warehouse, with `int_match_fields` built.
        root: The project's folder, for its seeds.
        model: The numbers of the day.
        anew: Compare all records.

    Returns:
        How many records changed.
    """
    forms = read_seed(root, "company_forms")
    connection.execute("create schema if not exists identity")
    connection.execute(_TABLES)
    _forget_other_models(connection, _fingerprint(model, forms), anew=anew)
    connection.execute(_CHANGED)
    features = _changed_features(connection, forms)
    connection.register("new_features", features)
    _replace_features(connection, model.block_limit)
    connection.execute(_DIRTY)
    connection.execute(_CANDIDATES.format(limit=model.block_limit))
    _replace_pairs(connection, model)
    connection.unregister("new_features")
    return int(features.num_rows)


def _changed_features(
    connection: duckdb.DuckDBPyConnection, forms: Sequence[Mapping[str, Any]]
) -> pa.Table:
    names = ", ".join(FIELDS.names)
    changed = connection.sql(f"select {names} from changed_records order by record_key")
    records = changed.to_arrow_table().cast(FIELDS)
    starts = range(0, records.num_rows, RECORDS_AT_A_TIME)
    compute = partial(features_of, forms=CompanyForms.from_rows(forms))
    parts = (records.slice(start, RECORDS_AT_A_TIME) for start in starts)
    return pa.concat_tables([FEATURES.empty_table(), *in_processes(compute, parts, len(starts))])


def _fingerprint(model: MatchModel, forms: object) -> str:
    return hashlib.sha256(f"{model.fingerprint()}|{forms}".encode()).hexdigest()


def _forget_other_models(
    connection: duckdb.DuckDBPyConnection, fingerprint: str, *, anew: bool
) -> None:
    known = connection.execute("select fingerprint from identity.match_model").fetchone()
    if known == (fingerprint,) and not anew:
        return
    for table in ("match_features", "match_blocks", "match_pairs", "match_model"):
        connection.execute(f"delete from identity.{table}")
    connection.execute("insert into identity.match_model values (?)", [fingerprint])


def _replace_features(connection: duckdb.DuckDBPyConnection, limit: int) -> None:
    run = connection.execute
    run(f"create or replace temp table new_blocks as {_NEW_BLOCKS}")
    run(
        "create or replace temp table touched_blocks as select block_key from new_blocks"
        " union select block_key from identity.match_blocks"
        " where record_key in (select record_key from outdated_records)"
    )
    run(_OVER_LIMIT.format(name="over_before", limit=limit))
    for table in ("match_features", "match_blocks"):
        run(
            f"delete from identity.{table}"
            " where record_key in (select record_key from outdated_records)"
        )
    run(
        "insert into identity.match_features by name"
        " select new_features.*, changed_records.fields_hash"
        " from new_features inner join changed_records using (record_key)"
    )
    run("insert into identity.match_blocks select record_key, block_key from new_blocks")
    run(_OVER_LIMIT.format(name="over_after", limit=limit))


def _replace_pairs(connection: duckdb.DuckDBPyConnection, model: MatchModel) -> None:
    connection.execute(
        "delete from identity.match_pairs"
        " where record_key_a in (select record_key from dirty_records)"
        " or record_key_b in (select record_key from dirty_records)"
    )
    judged = model.judged_sql("candidates", "identity.match_features")
    connection.execute(
        f"insert into identity.match_pairs select * from ({judged})"
        f" where probability >= {model.review_threshold}"
    )
