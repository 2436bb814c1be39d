"""Records without a common key: who is merged, who is listed, who is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.identity.conftest import People

YAMADA = {
    "name": "山田 太郎",
    "company": "株式会社青葉製作所",
    "email": "taro.yamada@aoba.example",
    "phone": "03-0123-4567",
    "title": "部長",
}


def other(**changed: str | None) -> dict[str, Any]:
    """Yamada as another record has him: at a private address, and what else is changed."""
    return {**YAMADA, "email": "yama.sample1@gmail.com", **changed}


@pytest.mark.parametrize(
    "twin",
    [
        other(),
        other(name="太郎 山田"),
        other(name="山田太郎", company="㈱青葉製作所"),
        other(name="Taro Yamada"),
        other(name="TAROU YAMADA", phone="+81 3-0123-4567"),
        other(phone="０３（０１２３）４５６７", title="部　長"),
        other(company=None),
        other(email=None, title=None),
        other(phone=None, email="taro.yamada+event@aoba.example"),
        other(phone=None, email="taro.yamada@mail.aoba.example"),
    ],
)
def test_a_phone_or_mailbox_in_common_and_the_same_name_is_one_person(
    people: People, twin: dict[str, Any]
):
    people.night({"a": YAMADA, "b": twin})

    assert people.persons() == {frozenset("ab")}
    assert people.reviews() == {}
    ((rule, probability),) = people.rows(
        "select distinct match_rule, match_probability from identity.person_identities"
    )
    assert rule == "probabilistic"
    assert 0.99 <= probability <= 1


def test_who_tells_the_telephone_of_the_office_needs_more_than_name_and_company(people: People):
    office = other(title="主任")
    mobile = {"phone": "090-0123-4567"}
    people.night({"a": YAMADA, "b": office, "c": {**YAMADA, **mobile, "email": None}})
    assert people.persons() == {frozenset("a"), frozenset("b"), frozenset("c")}
    assert people.reviews()["a", "b"] == "doubtful"

    people.night({"a": {**YAMADA, **mobile}, "b": {**office, **mobile}})
    assert people.persons() == {frozenset("ab")}


def test_kana_and_department_are_a_strong_field(people: People):
    kana = {"kana": "ヤマダ タロウ", "department": "情報システム部", "phone": None}
    people.night(
        {
            "a": {**YAMADA, **kana},
            "b": other(**{**kana, "kana": "やまだ　たろう", "department": "情報 システム部"}),
            "c": other(**{**kana, "department": None, "email": "c@gmail.com"}),
        }
    )

    assert people.persons() == {frozenset("ab"), frozenset("c")}
    assert set(people.reviews().values()) == {"doubtful"}


def test_name_company_and_title_alone_are_listed_and_not_merged(people: People):
    people.night({"a": YAMADA, "b": other(phone=None)})

    assert people.persons() == {frozenset("a"), frozenset("b")}
    assert people.reviews() == {("a", "b"): "doubtful"}


@pytest.mark.parametrize(
    "stranger",
    [
        other(phone="03-0999-9999", title="主任"),
        other(phone=None, title="主任"),
        other(phone=None, company="南海物流"),
        {"name": "山田 太郎"},
        {"company": "株式会社青葉製作所", "title": "部長"},
        {},
    ],
)
def test_a_namesake_or_colleague_is_left_alone(people: People, stranger: dict[str, Any]):
    people.night({"a": YAMADA, "b": stranger})

    assert people.persons() == {frozenset("a"), frozenset("b")}
    assert people.reviews() == {}


def test_a_colleague_at_the_same_telephone_is_never_merged(people: People):
    people.night({"a": YAMADA, "b": other(name="佐藤 花子")})

    assert people.persons() == {frozenset("a"), frozenset("b")}


def test_a_shared_mailbox_joins_those_of_one_name_alone(people: People):
    shared = {"email": "info@aoba.example", "phone": None}
    people.night(
        {
            "a": other(**shared),
            "b": other(**shared),
            "c": other(**shared, name="佐藤 花子"),
            "d": {"email": "info@aoba.example"},
        }
    )

    assert people.persons() == {frozenset("ab"), frozenset("c"), frozenset("d")}


def test_an_id_beats_a_shared_mailbox(people: People):
    shared = {"email": "info@aoba.example"}
    people.night({"a": shared, "b": shared, "c": shared}, [("a", "b", "foreign_id")])

    assert people.persons() == {frozenset("ab"), frozenset("c")}


def test_one_address_with_clearly_different_names_is_merged_and_listed(people: People):
    people.night({"a": YAMADA, "b": {**YAMADA, "name": "三田村 花子"}})

    assert people.persons() == {frozenset("ab")}
    assert people.reviews() == {("a", "b"): "same_address_other_name"}


def test_of_two_doubtful_persons_one_pair_is_listed(people: People):
    first, second = YAMADA, other(phone=None)
    people.night(
        {"a": first, "b": first, "c": second, "d": second, "e": {**second, "status": "deleted"}}
    )

    assert people.persons() == {frozenset("ab"), frozenset("cde")}
    assert people.reviews() == {("a", "c"): "doubtful"}


def test_a_text_that_too_many_share_compares_nobody(people: People):
    switchboard = {
        f"r{n:02}": {"name": "山田 太郎", "phone": "03-0123-4567", "email": f"x{n}@gmail.com"}
        for n in range(51)
    }
    people.night(switchboard)
    assert people.rows("select count(*) from identity.match_pairs") == [(0,)]

    # Of 50 records 50 * 49 / 2 pairs are compared; one person they are not, being more than 30.
    del switchboard["r50"]
    people.night(switchboard)
    assert people.rows("select count(*) from identity.match_pairs") == [(1225,)]
    assert people.persons() == {frozenset([key]) for key in switchboard}
    assert set(people.reviews().values()) == {"too_many_records"}
    incremental = people.outcome()
    people.night(switchboard, full_refresh=True)
    assert people.outcome() == incremental


def test_two_hundred_people_at_one_unlisted_mailbox_are_no_cluster(people: People):
    everybody = {
        f"r{n:03}": {"name": f"佐藤{chr(0x4E00 + 7 * n)}子", "email": "office@aoba.example"}
        for n in range(200)
    }
    everybody["r200"] = {"name": "佐藤丁子", "email": "c@gmail.com"}
    people.night(everybody, [("r000", "r200", "foreign_id")])

    assert max(map(len, people.persons())) == 2
    assert set(people.reviews().values()) == {"too_many_records"}
    assert len(people.reviews()) == 199
    assert people.rows("select count(*) from identity.person_identities") == [(201,)]


def test_a_person_with_forty_addresses_stays_one_by_ids(people: People):
    records = {f"r{n:02}": {"name": "山田太郎", "email": f"t{n}@aoba.example"} for n in range(40)}
    people.night(records, [("r00", key, "merge") for key in records if key != "r00"])

    assert people.persons() == {frozenset(records)}


def test_ids_of_records_that_never_landed_join_and_found_nothing_else(people: People):
    people.night(
        {"a": {}, "b": {}, "c": {}},
        [("a", "lost", "foreign_id"), ("b", "lost", "foreign_id"), ("b", "a", "merge")],
    )

    assert people.persons() == {frozenset("ab"), frozenset("c")}


@pytest.mark.parametrize(
    "odd",
    [
        {"name": "山" * 10_000, "company": "社" * 10_000, "title": "長" * 10_000},
        {"name": "a" * 10_000, "phone": "0" * 10_000, "kana": "ア" * 10_000},
        {"name": "👩‍👩‍👧‍👦", "company": "🍣", "department": "🏢"},
        {"name": "\u202eمحمد علي\u202c", "company": "شركة", "phone": "٠٣-١٢٣٤-٥٦٧٨"},
        {"name": "山\x00田", "phone": "\x00", "kana": "\x00"},
        {"name": "' or 1=1 --", "company": '"', "title": "{}"},
        {"name": "", "company": " ", "email": "@", "phone": "+"},
    ],
)
def test_odd_texts_are_compared_like_any_other(people: People, odd: dict[str, Any]):
    people.night({"a": odd, "b": odd, "c": YAMADA})

    assert people.rows("select count(*) from identity.person_identities") == [(3,)]
