"""Writes `identity.account_companies` and tells which companies it touched."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import duckdb

from orchestration.identity.companies import ACCOUNTS, resolve_companies
from orchestration.identity.weights import MatchModel
from orchestration.rules.seeds import read_seed
from orchestration.text.addresses import is_free_mail

_ACCOUNTS = """
select
    crm_account_id,
    case when is_merged then merged_into_id end as merged_into_id,
    parent_account_id, created_at, corporate_number, web_domain, company_key
from intermediate.int_account_fields
"""

_TABLES = """
create table if not exists identity.account_companies (
    crm_account_id varchar, company_account_id varchar
);
create table if not exists identity.touched_companies (build_id integer, crm_account_id varchar);
"""

_FORGET_COMPLETED = """
delete from identity.touched_companies
where build_id <= (select completed_build_id from control.build)
"""

# A company that lost or took in an account; the leads of both are computed again.
_TOUCHED = """
insert into identity.touched_companies
select distinct build.build_id, touched.company_account_id
from (
    select unnest([known.company_account_id, found.company_account_id]) as company_account_id
    from identity.account_companies as known
    full join found_companies as found using (crm_account_id)
    where known.company_account_id is distinct from found.company_account_id
) as touched
cross join control.build as build
where touched.company_account_id is not null
"""


def create_companies(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that models read, without rows, where they are missing."""
    connection.execute(_TABLES)


def write_companies(connection: duckdb.DuckDBPyConnection, root: Path, model: MatchModel) -> None:
    """Find which accounts are one company; to be called within a transaction.

    Args:
        connection: The warehouse, with `int_account_fields` built.
        root: The project's folder, for its seeds.
        model: The limits of the day.
    """
    free_mail = frozenset(row["domain"] for row in read_seed(root, "free_mail_domains"))
    accounts = connection.sql(_ACCOUNTS).to_arrow_table().cast(ACCOUNTS)
    found = resolve_companies(
        accounts, model.block_limit, partial(is_free_mail, free_mail_domains=free_mail)
    )
    create_companies(connection)
    connection.execute(_FORGET_COMPLETED)
    connection.register("found_companies", found)
    connection.execute(_TOUCHED)
    connection.execute("delete from identity.account_companies")
    connection.execute("insert into identity.account_companies from found_companies")
    connection.unregister("found_companies")
