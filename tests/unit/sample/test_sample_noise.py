"""People who are hard to tell: known apart, named alike, reached by one telephone."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from sample import SampleSpec
from sample.shapes.texts import spell_people
from sample.shapes.typed import other_address, typed_names
from sample.world.build import Frame, World, make_frame, make_world
from sample.world.kana import FAMILY_KANA, GIVEN_KANA
from sample.world.noise import APART_SHARE, AS_IS, KANA, LATIN, NAMESAKE_SHARE, OLDER, SWAPPED
from sample.world.records import CASE, FIRST, OTHER, SAME, TYPO, WIDTH, WORK
from sample.world.words import FAMILY, GIVEN


@pytest.fixture(scope="module")
def noisy(frame: Frame) -> World:
    """A world with as much noise as there can be."""
    return make_world(make_frame(replace(frame.spec, noise=1.0, leads=6_000)), 0)


def _namesakes(world: World) -> int:
    """Count the people who share name and company with somebody else."""
    people, texts = world.people, spell_people(world.people, world.firms)
    names = Counter(zip(people.company.tolist(), texts.family, texts.given, strict=True))
    return sum(count for (company, *_), count in names.items() if count > 1 and company > 20)


def test_people_known_apart_have_no_crm_id(noisy: World) -> None:
    apart = noisy.apart.address != FIRST
    assert apart.mean() == pytest.approx(APART_SHARE, abs=0.03)
    assert not noisy.records.linked[apart].any()
    assert (noisy.apart.name[~apart] == AS_IS).all()
    assert set(noisy.apart.name[apart].tolist()) == {AS_IS, SWAPPED, LATIN, KANA, OLDER}
    assert set(noisy.apart.address[apart].tolist()) == {OTHER, TYPO, WORK}


def test_namesakes_share_a_company_and_no_address(noisy: World) -> None:
    # Two are counted for each one drawn, who needs a colleague: 2 x 0.7 of the share and more.
    assert _namesakes(noisy) > NAMESAKE_SHARE * len(noisy.people)
    texts = spell_people(noisy.people, noisy.firms)
    own = [mail for mail, box in zip(texts.email, noisy.people.mailbox, strict=True) if not box]
    assert len(set(own)) == len(own)


def test_colleagues_share_the_telephone_of_their_office(noisy: World) -> None:
    phones = Counter(spell_people(noisy.people, noisy.firms).phone)
    assert sum(count for count in phones.values() if count > 1) > 0.4 * len(noisy.people)


def test_without_noise_everybody_has_a_telephone_and_one_address(frame: Frame) -> None:
    spec = SampleSpec(leads=2_000, out=frame.spec.out, noise=0)
    world = make_world(make_frame(spec), 0)
    phones = spell_people(world.people, world.firms).phone
    assert len(set(phones)) == len(phones)
    assert (world.apart.address == FIRST).all()


@pytest.mark.parametrize(
    ("how", "number", "expected"),
    [
        (FIRST, 1, "taro.ono@aoba.example"),
        (SAME, 1, "taro.ono@aoba.example"),
        (CASE, 1, "Taro.Ono@AOBA.EXAMPLE"),
        (CASE, 2, "TARO.ONO@AOBA.EXAMPLE"),
        (WIDTH, 2, " taro.ono@aoba.example "),
        (OTHER, 7, "taro.ono.sample7@outlook.com"),
        (TYPO, 1, "taro.ono@aooba.example"),
        (TYPO, 2, "taaro.ono@aoba.example"),
        (WORK, 1, "taro.ono.hq@aoba.example"),
        (WORK, 2, "taro.ono@mail.aoba.example"),
    ],
)
def test_an_address_differs_in_one_way(how: int, number: int, expected: str) -> None:
    assert other_address("taro.ono@aoba.example", how, number) == expected


def test_a_name_is_written_in_other_scripts(noisy: World) -> None:
    texts = spell_people(noisy.people, noisy.firms)
    who = next(i for i, name in enumerate(texts.family) if name == "渡辺")
    rows = np.full(5, who)
    ways = np.array([AS_IS, SWAPPED, LATIN, KANA, OLDER])
    first = np.full(5, FIRST)
    typed = typed_names(texts, rows, first, first, ways)
    assert typed["last_name"].to_pylist() == [
        "渡辺", texts.given[who], "Watanabe", "ワタナベ", "渡邊",
    ]  # fmt: skip


def test_every_name_has_a_reading() -> None:
    assert (len(FAMILY_KANA), len(GIVEN_KANA)) == (len(FAMILY), len(GIVEN))
