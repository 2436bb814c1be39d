"""Who is one person: chains, cycles, the founder, decisions of people."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.identity.components import EDGES, RECORDS, lead_id_of, resolve_persons

FIRST_DAY = datetime(2026, 1, 1)  # noqa: DTZ001


def records(count: int, deleted: frozenset[int] = frozenset()) -> pa.Table:
    """Records 0, 1, 2 ... of one kind, each created a day after the one before."""
    rows = [
        {
            "record_key": f"crm:lead:{number}",
            "person_key": f"crm:{number}",
            "connector": "crm",
            "record_type": "lead",
            "record_id": str(number),
            "created_at": FIRST_DAY + timedelta(days=number),
            "record_status": "deleted" if number in deleted else "used",
        }
        for number in range(count)
    ]
    return pa.Table.from_pylist(rows, RECORDS)


def edges(*pairs: tuple[object, object], rule: str = "email") -> pa.Table:
    rows = [
        {"record_key_a": f"crm:lead:{a}", "record_key_b": f"crm:lead:{b}", "match_rule": rule}
        for a, b in pairs
    ]
    return pa.Table.from_pylist(rows, EDGES)


def resolved(
    rows: pa.Table, pairs: pa.Table, decided: list[dict[str, str]] | None = None
) -> pa.Table:
    return resolve_persons(rows, pairs, decided or ()).identities


def persons(identities: pa.Table) -> dict[str, str | None]:
    return dict(
        zip(
            (key.rsplit(":", 1)[1] for key in identities.column("record_key").to_pylist()),
            identities.column("lead_id").to_pylist(),
            strict=True,
        )
    )


def founded_by(number: int) -> str:
    return lead_id_of("crm", "lead", str(number))


def test_a_record_alone_is_its_own_person():
    found = resolved(records(2), edges())
    assert persons(found) == {"0": founded_by(0), "1": founded_by(1)}
    assert found.column("match_rule").to_pylist() == ["alone", "alone"]


def test_a_chain_of_merges_is_one_person_with_the_id_of_the_oldest_record():
    found = persons(resolved(records(4), edges((3, 2), (2, 1), rule="merge")))
    assert found == {"0": founded_by(0), **dict.fromkeys("123", founded_by(1))}


def test_records_that_claim_each_other_are_one_person():
    found = persons(resolved(records(2), edges((0, 1), (1, 0), rule="merge")))
    assert set(found.values()) == {founded_by(0)}


def test_two_records_of_one_that_never_landed_are_one_person():
    found = persons(resolved(records(2), edges((0, "lost"), (1, "lost"), rule="foreign_id")))
    assert set(found.values()) == {founded_by(0)}
    assert len(found) == 2


def test_a_deleted_record_still_joins_and_founds():
    found = persons(resolved(records(3, frozenset({0})), edges((0, 1), (0, 2))))
    assert set(found.values()) == {founded_by(0)}


def test_a_person_of_deleted_records_only_is_gone():
    found = persons(resolved(records(3, frozenset({0, 1})), edges((0, 1))))
    assert found == {"0": None, "1": None, "2": founded_by(2)}


def test_the_strongest_rule_names_a_record():
    joined = pa.concat_tables([edges((0, 1)), edges((1, 2), rule="conversion")])
    found = resolved(records(3), joined)
    assert found.column("match_rule").to_pylist() == ["email", "conversion", "conversion"]


def test_people_may_part_and_join_records():
    decided = [
        {"record_a": "crm:lead:1", "record_b": "crm:lead:0", "verdict": "different"},
        {"record_a": "crm:lead:2", "record_b": "crm:lead:3", "verdict": "same"},
    ]
    found = persons(resolved(records(4), edges((0, 1)), decided))
    assert found == {
        "0": founded_by(0),
        "1": founded_by(1),
        "2": founded_by(2),
        "3": founded_by(2),
    }


def named(*names: str | None) -> pa.Table:
    """Records with these names."""
    column = pa.array(names, pa.string())
    place = RECORDS.get_field_index("person_name")
    return records(len(names)).set_column(place, RECORDS.field(place), column)


def sharing_an_address(*names: str | None, limit: int = 2, rule: str = "email") -> int:
    """How many persons the records of one address are."""
    pairs = edges(*((0, number) for number in range(1, len(names))), rule=rule)
    found = resolve_persons(named(*names), pairs, cluster_limit=limit).identities
    return len(set(found.column("lead_id").to_pylist()))


def test_an_address_of_more_names_than_the_limit_joins_nobody():
    assert sharing_an_address("a", "b") == 1
    assert sharing_an_address("a", "b", "c") == 3


def test_one_name_may_be_entered_any_number_of_times():
    assert sharing_an_address("a", "b", "a", "a", "b", "a") == 1


def test_records_without_a_name_may_be_anybody():
    assert sharing_an_address("a", None) == 1
    assert sharing_an_address("a", None, None) == 3


def test_probabilities_rest_on_the_name_and_count_records():
    assert sharing_an_address("a", "a", rule="probabilistic") == 1
    assert sharing_an_address("a", "a", "a", rule="probabilistic") == 3


def test_what_a_tool_says_knows_no_limit():
    assert sharing_an_address("a", "b", "c", rule="merge") == 1


def test_no_records_give_no_persons():
    assert resolved(records(0), edges()).num_rows == 0


PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15)


@settings(max_examples=200, deadline=None)
@given(PAIRS, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_the_direction_of_pairs_matters(
    pairs: list[tuple[int, int]], random: Random
):
    shuffled = [pair if random.random() < 0.5 else pair[::-1] for pair in pairs]
    random.shuffle(shuffled)
    order = list(range(10))
    random.shuffle(order)
    one = resolved(records(10), edges(*pairs))
    other = resolved(records(10).take(order), edges(*shuffled))
    assert one.equals(other)


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_a_person_is_exactly_who_can_be_reached(pairs: list[tuple[int, int]]):
    group = {number: {number} for number in range(10)}
    for a, b in pairs:
        joined = group[a] | group[b]
        group.update(dict.fromkeys(joined, joined))
    expected = {str(number): founded_by(min(group[number])) for number in range(10)}
    assert persons(resolved(records(10), edges(*pairs))) == expected
