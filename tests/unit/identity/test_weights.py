"""Probabilities by weights: by hand, by splink, by day; and their training."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from orchestration.errors import LeadsError
from orchestration.identity.comparisons import COMPARISONS
from orchestration.identity.features import FEATURES, FIELDS, features_of
from orchestration.identity.training import splink_linker, train
from orchestration.identity.weights import MatchModel
from orchestration.rules.seeds import read_seed
from orchestration.settings import PROJECT_ROOT
from orchestration.text.names import CompanyForms
from tests.unit.identity.conftest import Person, fields

DAY = date(2026, 6, 30)
SETTINGS = read_seed(PROJECT_ROOT, "match_settings")
WEIGHTS = read_seed(PROJECT_ROOT, "match_weights")


def features(people: dict[str, Person]) -> pa.Table:
    rows = pa.Table.from_pylist([fields(*each) for each in people.items()], FIELDS)
    return features_of(rows, CompanyForms.from_rows(read_seed(PROJECT_ROOT, "company_forms")))


def judged(model: MatchModel, people: dict[str, Person]) -> dict[tuple[str, str], dict[str, Any]]:
    """What the model says of every pair."""
    with duckdb.connect() as connection:
        connection.register("features", features(people))
        pairs = pa.table(
            {
                "record_key_a": [a for a, _ in combinations(people, 2)],
                "record_key_b": [b for _, b in combinations(people, 2)],
            }
        )
        connection.register("pairs", pairs)
        rows = connection.sql(model.judged_sql("pairs", "features")).to_arrow_table().to_pylist()
    return {(row["record_key_a"], row["record_key_b"]): row for row in rows}


def model(shares: dict[tuple[str, str], tuple[float, float]], **changed: Any) -> MatchModel:  # noqa: ANN401
    """A model whose prior has odds of 1 to 1024, which are -10 bits."""
    numbers = {"prior": 1 / 1025, "auto_threshold": 0.5, "review_threshold": 0.1}
    limits = {"block_limit": 50, "cluster_limit": 30}
    return MatchModel(version="by hand", shares=shares, **{**numbers, **limits, **changed})


def test_the_bits_of_prior_and_levels_add_up():
    # name: 0.8 / 0.05 = 2^4; phone: 0.64 / 0.01 = 2^6; title: 0.2 / 0.8 = 2^-2.
    # -10 + 4 + 6 = 0 bits are odds of 1 : 1; with another title -2 bits, 1 : 4; phone alone: 2^-4.
    by_hand = model(
        {
            ("name", "same"): (0.8, 0.05),
            ("phone", "same"): (0.64, 0.01),
            ("title", "different"): (0.2, 0.8),
        }
    )
    found = judged(
        by_hand,
        {
            "a": {"name": "山田太郎", "phone": "03-0123-4567"},
            "b": {"name": "山田 太郎", "phone": "0301234567", "title": "部長"},
            "c": {"name": "山田 太郎", "phone": "0301234567", "title": "課長"},
            "d": {"phone": "0301234567"},
        },
    )

    assert found["a", "b"]["probability"] == 0.5
    assert found["b", "c"]["probability"] == 0.2
    assert found["a", "d"]["probability"] == pytest.approx(1 / 17, abs=1e-6)
    assert found["b", "c"]["reasons"] == "name: same, phone: same, title: different"


def test_merging_takes_the_threshold_a_strong_field_and_a_name_that_agrees():
    # -10 + 4 * 5 bits are odds of 1024 : 1, which is 0.999024.
    certain = {(each.name, "same"): (0.96, 0.03) for each in COMPARISONS}
    same = {"name": "山田太郎", "company": "青葉", "title": "部長", "phone": "09001234567"}
    twins = {"a": same, "b": same}

    assert judged(model(certain, auto_threshold=0.999024), twins)["a", "b"]["is_auto"]
    assert not judged(model(certain, auto_threshold=0.999025), twins)["a", "b"]["is_auto"]
    for lacking in ({"phone": None}, {"name": None}):
        pair = judged(model(certain), {"a": same, "b": {**same, **lacking}})["a", "b"]
        assert pair["probability"] == pytest.approx(32 / 33, abs=1e-6)
        assert not pair["is_auto"]


def test_the_settings_of_the_day_count():
    later = {**SETTINGS[0], "model_version": "v2", "valid_from": date(2026, 7, 1), "prior": 0.1}
    ended = {**SETTINGS[0], "valid_to": date(2026, 7, 1)}
    rows = [later, ended]

    assert MatchModel.from_rows(rows, WEIGHTS, date(2026, 6, 30)).version == "v1"
    assert MatchModel.from_rows(rows, WEIGHTS, date(2026, 7, 1)).version == "v2"
    with pytest.raises(LeadsError, match="no settings are valid on 2026-06-30"):
        MatchModel.from_rows([later], WEIGHTS, DAY)


def test_every_level_has_a_shipped_weight_and_no_weight_lacks_a_level():
    shipped = MatchModel.from_rows(SETTINGS, WEIGHTS, DAY)

    assert set(shipped.shares) == {
        (each.name, level) for each in COMPARISONS for level in each.level_names()
    }


def corpus(size: int, twins: int) -> dict[str, Person]:
    """People, some of them twice; of the twins four in five give the same telephone."""
    random = Random(3)  # noqa: S311
    families, given = (
        ["佐藤", "鈴木", "高橋", "田中", "渡辺", "山本", "中村", "小林"],
        "一二三四五六七八九",
    )
    names = [f"{a} {b}{c}" for a, (b, c) in product(families, product(given, "郎子美介"))]
    people: dict[str, Person] = {}
    for number in range(size):
        person = {
            "name": random.choice(names),
            "company": f"会社{random.randrange(size // 3 + 1)}",
            "phone": f"090-0{number // 10_000:03}-{number % 10_000:04}",
            "title": f"第{random.randrange(20)}課長",
            "email": f"p{number}@gmail.com",
        }
        people[f"{number}"] = person
        if number < twins:
            number_told = person["phone"] if number % 5 else f"080-0999-{number:04}"
            twin = {**person, "phone": number_told, "email": f"q{number}@gmail.com"}
            people[f"{number} twin"] = twin
    return people


def test_splink_gives_a_pair_the_same_probability():
    shipped = MatchModel.from_rows(SETTINGS, WEIGHTS, DAY)
    people = corpus(60, 30)
    people |= {
        "x": {**people["1"], "name": people["1"]["name"][::-1], "title": None},
        "y": {**people["2"], "name": "Taro Yamada", "kana": "ヤマダ タロウ"},
        "z": {**people["2"], "name": "山田太郎", "email": "taro.yamada@aoba.example"},
    }
    linker = splink_linker(features(people), shipped.prior, dict(shipped.shares))
    predicted = linker.inference.predict().as_record_list()
    ours = judged(shipped, people)

    assert len(predicted) > 30
    for pair in predicted:
        key = (pair["record_key_l"], pair["record_key_r"])
        found = ours.get(key) or ours[key[::-1]]
        assert found["probability"] == pytest.approx(pair["match_probability"], abs=2e-6)


def test_training_finds_how_often_twins_tell_the_same_telephone():
    trained = {
        (weight.comparison, weight.level): weight
        for weight in train(features(corpus(1_500, 400)), 0.0003)
    }

    # Four of five twins, and no two others, have one telephone; without labels that is a guess.
    assert trained["phone", "same"].m == pytest.approx(0.8, abs=0.12)
    assert trained["phone", "same"].u is not None
    assert trained["phone", "same"].u < 0.001
    # 8 * 9 * 4 = 288 names are equally frequent.
    assert trained["name", "same"].u == pytest.approx(1 / 288, rel=0.3)
    assert trained["department", "same"].m is None
    assert set(trained) == {
        (each.name, name) for each in COMPARISONS for name in each.level_names()
    }


def test_too_few_records_teach_nothing():
    with pytest.raises(LeadsError, match=r"2 persons are too few .*at least 1,000"):
        train(features(dict(list(corpus(2, 0).items()))), 0.0003)
    assert features({}).schema == FEATURES
