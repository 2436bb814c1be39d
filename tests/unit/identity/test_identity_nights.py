"""Any split of the records over nights, in any order, gives the persons of one night."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.steps import matches
from tests.unit.identity.conftest import People

RECORD = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["山田太郎", "太郎 山田", "Taro Yamada", "佐藤花子", None]),
        "company": st.sampled_from(["青葉", "株式会社青葉", "南海", None]),
        "email": st.sampled_from(
            ["taro.yamada@aoba.example", "info@aoba.example", "hana@gmail.com", None]
        ),
        "phone": st.sampled_from(["03-0123-4567", "+81 3 0123 4567", "03-0999-9999", None]),
        "day": st.integers(0, 3),
        "status": st.sampled_from(["used", "used", "used", "deleted"]),
    }
)
KEYS = "abcdefgh"
# Each night changes, adds or takes away some records; a link may name a record that never lands.
NIGHTS = st.lists(
    st.dictionaries(st.sampled_from(KEYS), st.one_of(st.none(), RECORD), max_size=6),
    min_size=1,
    max_size=4,
)
LINKS = st.lists(
    st.tuples(
        st.sampled_from(KEYS),
        st.sampled_from([*KEYS, "lost"]),
        st.sampled_from(["merge", "foreign_id", "conversion"]),
    ),
    max_size=4,
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(nights=NIGHTS, links=LINKS)
def test_nights_leave_what_one_night_leaves(
    nights: list[dict[str, dict[str, Any] | None]], links: list[tuple[str, str, str]]
):
    growing, at_once = People(), People()
    known: dict[str, dict[str, Any]] = {}
    for number, night in enumerate(nights, start=1):
        for key, record in night.items():
            known.pop(key, None)
            if record is not None:
                known[key] = record
        growing.night(known, links[: number * len(links) // len(nights)])
    at_once.night(dict(sorted(known.items())), list(reversed(links)))
    assert growing.outcome() == at_once.outcome()
    growing.night(known, links, full_refresh=True)
    assert growing.outcome() == at_once.outcome()
    assert {key for person in at_once.persons() for key in person} == set(known)


def test_records_taken_a_few_at_a_time_give_what_all_at_once_give(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = {
        key: {"name": "山田太郎", "company": "青葉", "day": day, "status": "used"}
        for day, key in enumerate(KEYS)
    }
    at_once, in_parts = People(), People()
    at_once.night(people)

    monkeypatch.setattr(matches, "RECORDS_AT_A_TIME", 3)
    in_parts.night(people)

    assert in_parts.outcome() == at_once.outcome()
    features = "from identity.match_features order by record_key"
    assert in_parts.rows(features) == at_once.rows(features)
    assert len(in_parts.rows(features)) == len(KEYS)
