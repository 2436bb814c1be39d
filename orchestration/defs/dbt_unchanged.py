"""Which parts of the dbt project a night may leave alone, as they would come out as they are.

Told from the manifest: what reads unchanged tables only and does not ask which build it is (no
macro of it leads to `build_row`) gives the same rows. Staging does ask, but only to see the landed
rows of a moment; where those are unchanged, so is what it makes of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from graphlib import TopologicalSorter
from typing import Any

_ASKS_FOR_BUILD = "macro.lead_warehouse.build_row"

Manifest = Mapping[str, Any]
Node = Mapping[str, Any]


def unchanged_nodes(manifest: Manifest, unchanged_tables: Collection[str]) -> list[str]:
    """Name the models, seeds and tests that a night may leave alone.

    Args:
        manifest: The content of manifest.json.
        unchanged_tables: Sources and seeds, as `schema.table`, with the rows that they had for
            the last completed build.

    Returns:
        The names of tables that would get the rows they have, of views that would be written as
        they are, and of the tests that look at no other tables.
    """
    if not unchanged_tables:
        return []
    same_rows = _with_same_rows(manifest, unchanged_tables)
    names = []
    for key, node in manifest["nodes"].items():
        if node["resource_type"] == "test":
            stays = bool(_parents(node)) and same_rows.issuperset(_parents(node))
        elif _is_model(node) and node["config"]["materialized"] == "view":
            stays = key in same_rows or not _asks_for_build(manifest, node)
        else:
            stays = key in same_rows
        if stays:
            names.append(node["name"])
    return sorted(names)


def parents_first(manifest: Manifest) -> list[str]:
    """Name the models and seeds so that each comes after those it reads.

    Args:
        manifest: The content of manifest.json.
    """
    nodes = {
        key: node for key, node in manifest["nodes"].items() if node["resource_type"] != "test"
    }
    order = TopologicalSorter({key: _parents(node) for key, node in nodes.items()}).static_order()
    return [nodes[key]["name"] for key in order if key in nodes]


def _with_same_rows(manifest: Manifest, unchanged_tables: Collection[str]) -> set[str]:
    """The keys of the sources, seeds and models that give the rows they gave before."""
    same = {
        key
        for key, table in _tables(manifest)
        if f"{table['schema']}.{table.get('alias') or table['name']}" in unchanged_tables
    }
    is_known = {key: key in same for key, _ in _tables(manifest)}

    def is_same(key: str) -> bool:
        if key not in is_known:
            node = manifest["nodes"][key]
            is_told = node["fqn"][1] == "staging" or not _asks_for_build(manifest, node)
            is_known[key] = is_told and all([is_same(parent) for parent in _parents(node)])
        return is_known[key]

    return {
        key for key, node in manifest["nodes"].items() if _is_model(node) and is_same(key)
    } | same


def _tables(manifest: Manifest) -> Iterator[tuple[str, Node]]:
    yield from manifest["sources"].items()
    for key, node in manifest["nodes"].items():
        if node["resource_type"] == "seed":
            yield key, node


def _is_model(node: Node) -> bool:
    return bool(node["resource_type"] == "model")


def _parents(node: Node) -> list[str]:
    return list(node["depends_on"].get("nodes", ()))


def _asks_for_build(manifest: Manifest, node: Node) -> bool:
    seen: set[str] = set()
    ahead = list(node["depends_on"]["macros"])
    while ahead:
        macro = ahead.pop()
        if macro == _ASKS_FOR_BUILD:
            return True
        if macro not in seen:
            seen.add(macro)
            ahead += manifest["macros"].get(macro, {}).get("depends_on", {}).get("macros", [])
    return False
