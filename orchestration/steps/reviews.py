"""Writes `identity.reviews`: the pairs of records that a person should look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from orchestration.identity.comparisons import DIFFERENT
from orchestration.identity.weights import MatchModel

# Pairs that an address joins, and what was refused: these are judged too, however improbable.
_ADDRESSED = """
create or replace temp table addressed_pairs as
select
    least(record_key_a, record_key_b) as record_key_a,
    greatest(record_key_a, record_key_b) as record_key_b,
    max(is_refused) as is_refused
from (
    select record_key_a, record_key_b, false as is_refused
    from intermediate.int_identity_edges where match_rule = 'email'
    union all
    select record_key_a, record_key_b, true from refused_edges
) as edges
group by all
"""

NO_REVIEWS = """
create table if not exists identity.reviews (
    record_key_a varchar, record_key_b varchar, probability double, reasons varchar,
    review_kind varchar, lead_id_a varchar, lead_id_b varchar
)
"""

_REVIEWS = """
create or replace table identity.reviews as
with living as (
    select identities.record_key, identities.lead_id
    from identity.person_identities as identities
    inner join intermediate.int_person_records as records using (record_key)
    where records.record_status = 'used' and identities.lead_id is not null
),
found as (
    select
        judged.record_key_a, judged.record_key_b, judged.probability, judged.reasons,
        case when addressed.is_refused then 'too_many_records' else 'same_address_other_name' end
            as review_kind
    from judged_pairs as judged
    inner join addressed_pairs as addressed using (record_key_a, record_key_b)
    where addressed.is_refused or judged.name_level = '{different}'
    union all
    select pairs.record_key_a, pairs.record_key_b, pairs.probability, pairs.reasons, 'doubtful'
    from identity.match_pairs as pairs
    anti join addressed_pairs using (record_key_a, record_key_b)
),
of_leads as (
    select found.*, a.lead_id as lead_id_a, b.lead_id as lead_id_b
    from found
    inner join living as a on found.record_key_a = a.record_key
    inner join living as b on found.record_key_b = b.record_key
    anti join decided_pairs using (record_key_a, record_key_b)
    where (a.lead_id = b.lead_id) = (found.review_kind = 'same_address_other_name')
),
-- Of the pairs of two doubtful leads the most probable one stands for them.
ranked as (
    select
        *,
        row_number() over (
            partition by review_kind, least(lead_id_a, lead_id_b), greatest(lead_id_a, lead_id_b)
            order by probability desc, record_key_a, record_key_b
        ) as pair_rank
    from of_leads
)
select
    record_key_a, record_key_b, probability, reasons, review_kind, lead_id_a, lead_id_b
from ranked
where pair_rank = 1 or review_kind = 'same_address_other_name'
"""


def write_reviews(
    connection: duckdb.DuckDBPyConnection,
    model: MatchModel,
    refused: pa.Table,
    decisions: Sequence[Mapping[str, Any]],
) -> int:
    """List what is doubtful; to be called within the transaction that writes the identities.

    Args:
        connection: The warehouse, with identities and pairs of this night.
        model: The numbers of the day.
        refused: Edges that the limit of records per person refused.
        decisions: What people decided; these pairs are not listed again.

    Returns:
        How many pairs are listed.
    """
    connection.register("refused_edges", refused)
    connection.register("decided_pairs", _in_order(decisions))
    connection.execute(_ADDRESSED)
    judged = model.judged_sql("addressed_pairs", "identity.match_features")
    connection.execute(f"create or replace temp table judged_pairs as {judged}")
    connection.execute(_REVIEWS.format(different=DIFFERENT))
    count = connection.execute("select count(*) from identity.reviews").fetchone()
    connection.unregister("refused_edges")
    connection.unregister("decided_pairs")
    return int(count[0]) if count else 0


def _in_order(decisions: Sequence[Mapping[str, Any]]) -> pa.Table:
    pairs = [sorted((row["record_a"], row["record_b"])) for row in decisions]
    return pa.table(
        {
            "record_key_a": pa.array([a for a, _ in pairs], pa.string()),
            "record_key_b": pa.array([b for _, b in pairs], pa.string()),
        }
    )
