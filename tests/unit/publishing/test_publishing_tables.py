"""Which tables are published is read from dbt's manifest."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.errors import LeadsError
from orchestration.publishing.tables import CHECK_RESULTS, mart_tables


def column(**meta: object) -> dict[str, Any]:
    return {"config": {"meta": meta}}


def model(name: str, columns: dict[str, Any], **changes: object) -> dict[str, Any]:
    return {
        "resource_type": "model",
        "name": name,
        "alias": name,
        "schema": "main",
        "original_file_path": f"models/marts/area/{name}.sql",
        "contract": {"enforced": True},
        "config": {"meta": {}},
        "columns": columns,
    } | changes


def manifest(*nodes: dict[str, Any]) -> dict[str, Any]:
    return {"nodes": {str(number): node for number, node in enumerate(nodes)}}


def test_a_model_under_marts_is_published_with_the_columns_of_its_contract() -> None:
    dim = model("dim_x", {"x_id": column(), "x_name": column()}, alias="dim_x2")

    first, *rest = mart_tables(manifest(dim))

    assert (first.name, first.relation, first.columns) == (
        "dim_x",
        "main.dim_x2",
        ("x_id", "x_name"),
    )
    assert rest == [CHECK_RESULTS]


def test_other_models_seeds_and_tests_are_not_published() -> None:
    intermediate = model("int_x", {}, original_file_path="models/intermediate/int_x.sql")
    seed = model("rules", {}, resource_type="seed")

    assert mart_tables(manifest(intermediate, seed)) == (CHECK_RESULTS,)


def test_tags_of_the_yml_say_what_is_personal_and_what_is_a_lead() -> None:
    columns = {
        "lead_id": column(),
        "old_lead_id": column(),
        "partner_id": column(is_lead_key=True),
        "visit_id": column(is_record_key=True),
        "email": column(is_personal=True),
        "country": column(is_personal=False),
    }

    mart = mart_tables(manifest(model("dim_x", columns)))[0]

    assert mart.lead_keys == {"lead_id", "old_lead_id", "partner_id"}
    assert mart.record_keys == {"visit_id"}
    assert mart.personal == {"email"}


def test_rows_are_ordered_as_the_yml_says_and_else_by_all_columns() -> None:
    columns = {"a": column(), "b": column(), "c": column()}
    sort_by = {"meta": {"sort_by": ["c", "a"]}}

    one, two, _ = mart_tables(manifest(model("1", columns, config=sort_by), model("2", columns)))

    assert one.order == ("c", "a")
    assert two.order == ("a", "b", "c")


def test_marts_come_by_name_whatever_the_order_of_the_manifest() -> None:
    one, two = model("one", {"a": column()}), model("two", {"a": column()})

    assert mart_tables(manifest(one, two)) == mart_tables(manifest(two, one))


def test_a_mart_without_contract_is_refused() -> None:
    with pytest.raises(LeadsError, match=r"'loose' has no enforced contract .*loose\.sql"):
        mart_tables(manifest(model("loose", {}, contract={"enforced": False})))
