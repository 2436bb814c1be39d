"""Which tables are published, and which of their columns speak of a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.errors import LeadsError

LEAD_COLUMNS = frozenset({"lead_id", "old_lead_id"})
# The name under which the writer attaches the warehouse.
WAREHOUSE = "warehouse"
# The Parquet file of rows without a date.
UNDATED = "undated"
MARTS_FOLDER = "models/marts/"


@dataclass(frozen=True)
class MartTable:
    """A table of the warehouse that readers get.

    Attributes:
        name: Its name in what is published, schema `main`.
        relation: Where it stands in the warehouse, `schema.table`.
        columns: Its columns, in the order of the contract.
        condition: Which of its rows are published, in SQL.
        sort_by: Columns that order the rows and, the key among them, tell each from the others:
            what is read together shall lie together. Empty: all columns, in their order.
        part_by: A date whose months are written to Parquet files of their own; empty for one file.
        changed: Where the keys stand whose rows the build replaced, `schema.table`; empty for a
            table that is built whole.
        changed_key: The column of those keys.
        personal: Columns that the BI copy does without.
        lead_keys: Columns that hold a lead_id; the BI copy has a keyed hash in its place.
        record_keys: Columns with the key of a source record, or made of a lead_id, from which its
            person could be found again; the BI copy has a keyed hash in its place too.
    """

    name: str
    relation: str
    columns: tuple[str, ...]
    condition: str = "true"
    sort_by: tuple[str, ...] = ()
    part_by: str = ""
    changed: str = ""
    changed_key: str = ""
    personal: frozenset[str] = frozenset()
    lead_keys: frozenset[str] = frozenset()
    record_keys: frozenset[str] = frozenset()

    @property
    def source(self) -> str:
        """The rows that are published: a relation of the warehouse and its condition, in SQL."""
        return f"{WAREHOUSE}.{self.relation} where {self.condition}"

    @property
    def column_list(self) -> str:
        """The columns in SQL."""
        return ", ".join(f'"{column}"' for column in self.columns)

    @property
    def order(self) -> tuple[str, ...]:
        """The columns to sort by: a total order, so that equal rows give equal files."""
        return self.sort_by or self.columns

    def order_by(self, columns: Collection[str]) -> str:
        """The order of the rows in SQL, by those of the columns that a copy keeps.

        The rows of one Parquet file lie together: to write it, the others need not be read.
        """
        kept = [column for column in self.order if column in columns] or list(columns)
        months = [f"date_trunc('month', \"{self.part_by}\")"] if self.part_by else []
        return ", ".join([*months, *(f'"{column}"' for column in kept)])

    def parts_of(self, connection: duckdb.DuckDBPyConnection, rows: str) -> set[str]:
        """Name the Parquet files that rows go to: by month, or the one without a name.

        Args:
            connection: Has the rows.
            rows: A relation of SQL with the columns of the table, and its condition.
        """
        if not self.part_by:
            return {""}
        months = connection.execute(
            f"select distinct date_trunc('month', \"{self.part_by}\") from {rows}"
        ).fetchall()
        return {f"{month:%Y-%m}" if month else UNDATED for (month,) in months}

    def is_of_part(self, name: str) -> str:
        """The condition of the rows of a Parquet file, as a span of days: it can be looked up."""
        if not self.part_by:
            return "true"
        if name == UNDATED:
            return f'"{self.part_by}" is null'
        first = f"date '{name}-01'"
        return f'"{self.part_by}" >= {first} and "{self.part_by}" < {first} + interval 1 month'


# What the gates found in this build. Observed values may quote a person, so BI gets the verdicts.
CHECK_RESULTS = MartTable(
    name="check_results",
    relation="control.check_results",
    columns=("gate", "dataset", "check_name", "severity", "success", "observed", "details"),
    condition=f"build_id = (select build_id from {WAREHOUSE}.control.build)",
    personal=frozenset({"observed", "details"}),
)


def mart_tables(manifest: Mapping[str, Any]) -> tuple[MartTable, ...]:
    """Read the marts from dbt's manifest.

    A mart is a model under models/marts. Its yml tags columns by `config.meta`: `is_personal`,
    `is_lead_key` (lead_id and old_lead_id are so by name), `is_record_key`, and the model by
    `sort_by` and `part_by`. A model of the strategy `replace_changed` names what changed.

    Args:
        manifest: The content of manifest.json.

    Returns:
        One entry per mart, by name, and the check results of the build.

    Raises:
        LeadsError: A mart has no contract, so that nobody could say which columns it has.
    """
    return (*(_mart_table(model, manifest) for model in mart_models(manifest)), CHECK_RESULTS)


def mart_models(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Find the models under models/marts.

    Args:
        manifest: The content of manifest.json.

    Returns:
        Their nodes, by name.
    """
    models = (
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["original_file_path"].startswith(MARTS_FOLDER)
    )
    return sorted(models, key=lambda node: str(node["name"]))


def _mart_table(model: Mapping[str, Any], manifest: Mapping[str, Any]) -> MartTable:
    if not model["contract"]["enforced"]:
        raise LeadsError(
            f"the mart '{model['name']}' has no enforced contract",
            where=model["original_file_path"],
            mend="list its columns in its yml and leave `contract.enforced` as it is for marts",
        )
    columns: Mapping[str, Any] = model["columns"]
    meta: Mapping[str, Any] = model["config"]["meta"]
    return MartTable(
        name=model["name"],
        relation=f"{model['schema']}.{model['alias']}",
        columns=tuple(columns),
        sort_by=tuple(meta.get("sort_by", ())),
        part_by=meta.get("part_by", ""),
        changed=_relation_of(meta["changed"], manifest) if "changed" in meta else "",
        changed_key=model["config"].get("unique_key") or "",
        personal=_tagged(columns, "is_personal"),
        lead_keys=_tagged(columns, "is_lead_key") | (LEAD_COLUMNS & columns.keys()),
        record_keys=_tagged(columns, "is_record_key"),
    )


def _relation_of(name: str, manifest: Mapping[str, Any]) -> str:
    found = (node for node in manifest["nodes"].values() if node["name"] == name)
    model = next(node for node in found if node["resource_type"] == "model")
    return f"{model['schema']}.{model['alias']}"


def _tagged(columns: Mapping[str, Any], tag: str) -> frozenset[str]:
    return frozenset(
        name for name, column in columns.items() if column["config"].get("meta", {}).get(tag)
    )
