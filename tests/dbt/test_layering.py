"""The layers hold: who reads what, and what every model must have. Proved over dbt's manifest."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]

# What a layer may read. What Python writes is read as a source, by either layer above staging.
READABLE = {
    "staging": {"landed", "control"},
    "intermediate": {"seed", "python", "control", "staging", "intermediate"},
    "marts": {"seed", "python", "control", "intermediate", "marts"},
}

# Facts that intermediate models go on from: published as they are, so they live in the marts.
FACTS_READ_ABOVE = {
    "fct_activities": "what happened, to whom, by hand or machine: evidence and points come of it",
    "fct_score_ledger": "the points as awarded: reasons and grades are sums of it",
    "fct_stage_transitions": "the stages as entered: the stays of the funnel come of it",
}

# Marts that only take over rows.
PASS_THROUGH: dict[str, str] = {
    "lead_source_records": "int_lead_members without what is internal",
    "identity_reviews": "what the identity asset wrote",
    "lead_redirects": "what the identity asset wrote",
}

# Keys of single records and of what is made of a lead_id, by which a person is found again.
RECORD_KEY = re.compile(
    r"(?:source_)?record_(?:id|key|a|b)|duplicate_of|mailing_key"
    r"|(?:activity|handoff|ledger|task|touch|trigger)_(?:id|key)"
)

LOGIC = re.compile(r"\b(?:over|case|join)\b", re.IGNORECASE)
CLOCK = re.compile(
    r"\b(?:current_date|current_timestamp|current_time|localtimestamp|getdate|sysdate)\b"
    r"|\b(?:now|today|get_current_timestamp)\s*\(",
    re.IGNORECASE,
)
STAR_FROM_RELATION = re.compile(
    r"select\s+(?:\w+\.)?\*\s+from\s+\{\{\s*(?:ref|source)\(", re.IGNORECASE
)
COMMENT = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The manifest of the project as it stands, parsed into a folder of its own."""
    target = tmp_path_factory.mktemp("target")
    parsed = subprocess.run(
        [
            Path(sys.executable).with_name("dbt"),
            "--quiet",
            "parse",
            "--project-dir",
            PROJECT,
            "--profiles-dir",
            PROJECT,
            "--target-path",
            target,
            "--log-path",
            target,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert parsed.returncode == 0, parsed.stdout + parsed.stderr
    read: dict[str, Any] = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    return read


def models(manifest: dict[str, Any], *layers: str) -> list[dict[str, Any]]:
    """The models of the layers named, of all layers where none is."""
    return [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and (not layers or node["fqn"][1] in layers)
    ]


def layer_of(manifest: dict[str, Any], unique_id: str) -> str:
    """The layer that a node or source belongs to."""
    if unique_id.startswith("seed."):
        return "seed"
    if unique_id.startswith("source."):
        source = manifest["sources"][unique_id]
        if source["schema"].startswith("landed_"):
            return "landed"
        return "control" if source["source_name"] == "control" else "python"
    layer: str = manifest["nodes"][unique_id]["fqn"][1]
    return layer


def code(node: dict[str, Any]) -> str:
    """The SQL of a model without its comments."""
    return COMMENT.sub("", node["raw_code"])


def unit_tested(manifest: dict[str, Any]) -> set[str]:
    return {test["model"] for test in manifest["unit_tests"].values()}


def test_references_go_down_the_layers(manifest: dict[str, Any]) -> None:
    upward = [
        (model["name"], unique_id)
        for model in models(manifest)
        for unique_id in model["depends_on"]["nodes"]
        if layer_of(manifest, unique_id) not in READABLE[model["fqn"][1]]
        and not (model["fqn"][1] == "intermediate" and unique_id.split(".")[-1] in FACTS_READ_ABOVE)
    ]
    assert upward == []


def test_every_fact_that_may_be_read_from_above_is(manifest: dict[str, Any]) -> None:
    read = {
        unique_id.split(".")[-1]
        for model in models(manifest, "intermediate")
        for unique_id in model["depends_on"]["nodes"]
        if layer_of(manifest, unique_id) == "marts"
    }
    assert read == set(FACTS_READ_ABOVE)


def test_only_staging_reads_what_landed(manifest: dict[str, Any]) -> None:
    readers = {
        model["fqn"][1]
        for model in models(manifest)
        for unique_id in model["depends_on"]["nodes"]
        if layer_of(manifest, unique_id) == "landed"
    }
    assert readers == {"staging"}


def test_every_description_begins_with_the_grain(manifest: dict[str, Any]) -> None:
    without = [
        model["name"]
        for model in models(manifest)
        if not model["description"].startswith("One row per ")
    ]
    assert without == []


def test_whatever_is_listed_is_described(manifest: dict[str, Any]) -> None:
    without = [
        f"{model['name']}.{column['name']}"
        for model in models(manifest)
        for column in model["columns"].values()
        if not column["description"].strip()
    ]
    assert without == []


def test_every_mart_has_a_contract_and_an_owner(manifest: dict[str, Any]) -> None:
    without = [
        mart["name"]
        for mart in models(manifest, "marts")
        if not (mart["config"]["contract"]["enforced"] and mart["config"]["meta"].get("owner"))
    ]
    assert without == []


def test_every_mart_has_its_key_tested(manifest: dict[str, Any]) -> None:
    keyed = {
        node["attached_node"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and (node.get("test_metadata") or {}).get("name") == "is_key"
    }
    assert [
        mart["name"] for mart in models(manifest, "marts") if mart["unique_id"] not in keyed
    ] == []


def test_every_mart_has_a_unit_test_or_only_takes_over_rows(manifest: dict[str, Any]) -> None:
    marts = {mart["name"] for mart in models(manifest, "marts")}
    assert marts - unit_tested(manifest) - set(PASS_THROUGH) == set()
    assert set(PASS_THROUGH) <= marts


def test_every_intermediate_model_with_logic_has_a_unit_test(manifest: dict[str, Any]) -> None:
    with_logic = {
        model["name"] for model in models(manifest, "intermediate") if LOGIC.search(code(model))
    }
    assert with_logic - unit_tested(manifest) == set()


def test_no_model_and_no_macro_asks_a_clock(manifest: dict[str, Any]) -> None:
    asking = [model["name"] for model in models(manifest) if CLOCK.search(code(model))]
    asking += [
        macro["name"]
        for macro in manifest["macros"].values()
        if macro["package_name"] == "lead_warehouse"
        and CLOCK.search(COMMENT.sub("", macro["macro_sql"]))
    ]
    assert asking == []


def test_every_mart_names_the_columns_it_publishes(manifest: dict[str, Any]) -> None:
    starred = []
    for mart in models(manifest, "marts"):
        sql = code(mart)
        last = sql[sql.rindex("final as (") :] if "final as (" in sql else sql
        if STAR_FROM_RELATION.search(last):
            starred.append(mart["name"])
    assert starred == []


def test_every_key_of_a_record_is_kept_out_of_general_bi(manifest: dict[str, Any]) -> None:
    open_to_bi = [
        f"{mart['name']}.{name}"
        for mart in models(manifest, "marts")
        for name, column in mart["columns"].items()
        if RECORD_KEY.fullmatch(name)
        and not {"is_personal", "is_record_key"} & column["config"].get("meta", {}).keys()
    ]
    assert open_to_bi == []


@pytest.mark.parametrize(
    ("sql", "asks"),
    [
        ("select now() as moment", True),
        ("select current_date", True),
        ("select known as moment", False),
        ("select * from current_dates", False),
    ],
)
def test_a_clock_is_recognised(sql: str, asks: bool) -> None:
    assert bool(CLOCK.search(sql)) is asks


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("select * from {{ ref('a') }}", True),
        ("select\n    a.*\nfrom {{ ref('a') }} as a", True),
        ("select * from final", False),
    ],
)
def test_a_star_from_a_relation_is_recognised(sql: str, found: bool) -> None:
    assert bool(STAR_FROM_RELATION.search(sql)) is found


# Which seeds Python reads for the tables of which schema.
READ_BY_PYTHON = {
    "calendar": {"working_hours", "company_closures"},
    "lifecycle": {
        "score_settings",
        "score_caps",
        "mql_criteria",
        "sql_criteria",
        "stage_definitions",
    },
}


def _kept_downstream(manifest: dict[str, Any], seed: str) -> set[str]:
    """The models below a seed whose rows stay from night to night, unless their key changed."""
    sources = manifest["sources"].items()
    todo = [f"seed.lead_warehouse.{seed}"]
    todo += [name for name, one in sources if seed in READ_BY_PYTHON.get(one["schema"], set())]
    found: set[str] = set()
    while todo:
        for child in manifest["child_map"][todo.pop()]:
            node = manifest["nodes"].get(child)
            # Models of changed keys say which rows are made anew, and are no rows themselves.
            if node is None or child in found or "int_changed_" in child:
                continue
            if node["resource_type"] == "model":
                found.add(child)
                todo.append(child)
    nodes = [manifest["nodes"][name] for name in found]
    return {
        node["name"]
        for node in nodes
        if node["config"]["materialized"] == "incremental"
        and node["config"]["incremental_strategy"] != "replace_all"
    }


def test_what_a_seed_says_it_touches_is_all_that_stays_below_it(manifest: dict[str, Any]):
    """Else a changed rule would leave rows behind that were made by the former one."""
    changed = {
        node["name"]: node["config"]["meta"].get("changed")
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }
    missed = {}
    for node in manifest["nodes"].values():
        touches = node["config"]["meta"].get("touches") if node["resource_type"] == "seed" else None
        if touches is None:
            continue
        kept = _kept_downstream(manifest, node["name"])
        covered = set() if touches == "nobody" else {"int_changed_leads"}
        if node["config"]["meta"].get("touches_activities"):
            covered.add("int_changed_activities")
        kept = {name for name in kept if changed[name] not in covered}
        if kept:
            missed[node["name"]] = sorted(kept)

    assert missed == {}
