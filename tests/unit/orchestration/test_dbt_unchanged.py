"""What a night leaves alone: told from a manifest of a few nodes."""

from __future__ import annotations

from typing import Any

from orchestration.defs.dbt_unchanged import parents_first, unchanged_nodes

AS_OF = "macro.lead_warehouse.as_of"
PLAIN = "macro.lead_warehouse.local_day"


def model(layer: str, name: str, view: bool, macros: list[str], parents: list[str]) -> Any:  # noqa: ANN401
    return {
        "resource_type": "model",
        "name": name,
        "alias": name,
        "schema": layer,
        "fqn": ["lead_warehouse", layer, name],
        "config": {"materialized": "view" if view else "table"},
        "depends_on": {"nodes": parents, "macros": macros},
    }


def check_of(name: str, parents: list[str]) -> Any:  # noqa: ANN401
    return {"resource_type": "test", "name": name, "depends_on": {"nodes": parents, "macros": []}}


MANIFEST: dict[str, Any] = {
    "sources": {
        "source.task": {"schema": "landed_crm", "name": "task"},
        "source.lead": {"schema": "landed_crm", "name": "lead"},
    },
    "macros": {
        AS_OF: {"depends_on": {"macros": ["macro.lead_warehouse.build_row"]}},
        PLAIN: {"depends_on": {"macros": []}},
    },
    "nodes": {
        # Children first: the order of a manifest means nothing.
        "model.mart": model("marts", "mart", False, [], ["model.people", "model.due"]),
        "model.due": model("intermediate", "due", True, [AS_OF], ["model.calls"]),
        "model.calls": model(
            "intermediate", "calls", True, [PLAIN], ["model.stg_task", "seed.kinds"]
        ),
        "model.people": model("intermediate", "people", True, [], ["model.stg_lead"]),
        "model.stg_task": model("staging", "stg_task", False, [AS_OF], ["source.task"]),
        "model.stg_lead": model("staging", "stg_lead", False, [AS_OF], ["source.lead"]),
        "seed.kinds": {
            "resource_type": "seed",
            "name": "kinds",
            "alias": "kinds",
            "schema": "seeds",
            "fqn": ["lead_warehouse", "sales", "kinds"],
            "config": {"materialized": "seed"},
            "depends_on": {"macros": []},
        },
        "test.task_key": check_of("task_key", ["model.stg_task"]),
        "test.both": check_of("both", ["model.stg_task", "model.stg_lead"]),
    },
}


def test_everything_is_built_where_nothing_is_known_to_be_unchanged() -> None:
    assert unchanged_nodes(MANIFEST, []) == []


def test_what_reads_unchanged_tables_alone_stays_unless_it_asks_for_the_build() -> None:
    # `due` asks for the moment, `people` is a view whose rows changed and whose text did not.
    unchanged = unchanged_nodes(MANIFEST, ["landed_crm.task", "seeds.kinds"])

    assert unchanged == ["calls", "kinds", "people", "stg_task", "task_key"]


def test_a_changed_seed_changes_what_reads_it() -> None:
    everything_landed = ["landed_crm.task", "landed_crm.lead"]

    assert "kinds" not in unchanged_nodes(MANIFEST, everything_landed)
    # A mart of which one parent asks for the build is built, whatever the other does.
    assert "mart" not in unchanged_nodes(MANIFEST, [*everything_landed, "seeds.kinds"])


def test_a_test_stays_only_where_all_its_tables_do() -> None:
    assert "both" not in unchanged_nodes(MANIFEST, ["landed_crm.task"])
    assert "both" in unchanged_nodes(MANIFEST, ["landed_crm.task", "landed_crm.lead"])


def test_parents_come_before_their_children() -> None:
    order = parents_first(MANIFEST)

    assert sorted(order) == ["calls", "due", "kinds", "mart", "people", "stg_lead", "stg_task"]
    for key, node in MANIFEST["nodes"].items():
        for parent in node["depends_on"].get("nodes", ()):
            if key.startswith("model") and parent in MANIFEST["nodes"]:
                parent_name = MANIFEST["nodes"][parent]["name"]
                assert order.index(parent_name) < order.index(node["name"])
