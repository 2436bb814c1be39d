"""Reading seeds: types, empty cells, line numbers, broken files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import LeadsError
from orchestration.rules.declarations import Seed
from orchestration.rules.reading import read_table
from orchestration.rules.seeds import load_declarations, read_seed, validate_seeds
from orchestration.settings import PROJECT_ROOT

FILE = "seeds/scoring/score_rules.csv"
HEADER = "rule_id,points,weight,is_active,pattern,stage_key,valid_from,valid_to"

Spoil = Callable[..., Path]


def test_each_cell_has_the_declared_type_and_an_empty_one_is_none(spoil: Spoil):
    root = spoil("pricing,10,0.5,true,料金|price,planned,2026-04-01,", '"a,b",-5,,false,,,,')

    assert read_seed(root, "score_rules") == [
        {
            "rule_id": "pricing",
            "points": 10,
            "weight": 0.5,
            "is_active": True,
            "pattern": "料金|price",
            "stage_key": "planned",
            "valid_from": date(2026, 4, 1),
            "valid_to": None,
        },
        {
            "rule_id": "a,b",
            "points": -5,
            "weight": None,
            "is_active": False,
            "pattern": None,
            "stage_key": None,
            "valid_from": None,
            "valid_to": None,
        },
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_read(spoil: Spoil):
    root = spoil()
    text = f"\ufeff{HEADER}\r\npricing,10,,,,,,\r\n"
    (root / FILE).write_bytes(text.encode())

    assert read_seed(root, "score_rules")[0]["rule_id"] == "pricing"


def test_columns_may_stand_in_any_order(spoil: Spoil):
    backwards = ",".join(reversed(HEADER.split(",")))
    root = spoil(",,,,,,10,pricing", old=HEADER, new=backwards)

    assert read_seed(root, "score_rules")[0]["points"] == 10


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        ("a,ten,,,,,,", "points", "'ten' is no integer"),
        ("a,1.5,,,,,,", "points", "'1.5' is no integer"),
        ("a,1_0,,,,,,", "points", "'1_0' is no integer"),
        ("a,1,x,,,,,", "weight", "'x' is no double"),
        ("a,1,nan,,,,,", "weight", "'nan' is no double"),
        ("a,1,inf,,,,,", "weight", "'inf' is no double"),
        ("a,1,,yes,,,,", "is_active", "'yes' is no boolean"),
        ("a,1,,TRUE,,,,", "is_active", "'TRUE' is no boolean"),
        ("a,1,,,,,2026-13-01,", "valid_from", "'2026-13-01' is no date"),
        ("a,1,,,,,20260101,", "valid_from", "'20260101' is no date"),
        ("a,1,,,,,,2026-1-1", "valid_to", "'2026-1-1' is no date"),
        ("a, 1,,,,,,", "points", "' 1' has spaces around it"),
        ("a　,1,,,,,,", "rule_id", "'a\\u3000' has spaces around it"),
    ],
)
def test_a_cell_that_is_not_of_its_type_is_told_with_its_place(
    row: str, column: str, what: str, spoil: Spoil
):
    root = spoil("first,1,,,,,,", row)

    with pytest.raises(LeadsError) as told:
        read_seed(root, "score_rules")
    assert told.value.what == what
    assert told.value.where == f"{FILE}, row 3, column {column}"


def test_a_row_is_told_by_the_line_on_which_it_starts(spoil: Spoil):
    root = spoil('"a\nb",1,,,,,,', "", "c,x,,,,,,")

    # Line 1 is the header, 2 and 3 the first row, 4 is empty.
    with pytest.raises(LeadsError, match="row 5, column points"):
        validate_seeds(root)


def test_a_row_with_too_few_or_too_many_values_is_told(spoil: Spoil):
    with pytest.raises(LeadsError, match=r"row 2: 2 values where.*row 3: 9 values where"):
        validate_seeds(spoil("a,1", "b,1,,,,,,,"))


@pytest.mark.parametrize(
    ("header", "what", "column"),
    [
        (HEADER + ",colour", "unknown column", "colour"),
        (HEADER.replace(",points", ""), "missing column", "points"),
        (HEADER + ",points", "the column stands there twice", "points"),
        (HEADER.replace("points", "Points"), "unknown column", "Points"),
    ],
)
def test_a_header_must_be_as_declared(header: str, what: str, column: str, spoil: Spoil):
    with pytest.raises(LeadsError) as told:
        validate_seeds(spoil(old=HEADER, new=header))
    assert f"{FILE}, row 1, column {column}" in str(told.value)
    assert what in told.value.what


def test_a_file_that_is_empty_lacks_all_columns(spoil: Spoil):
    root = spoil()
    (root / FILE).write_text("", encoding="utf-8")

    with pytest.raises(LeadsError, match=r"8 problems:.*missing column"):
        validate_seeds(root)


def test_a_file_that_is_not_utf8_is_told(spoil: Spoil):
    root = spoil()
    (root / FILE).write_bytes("rule_id\n料金".encode("cp932"))

    with pytest.raises(LeadsError, match="not UTF-8"):
        read_seed(root, "score_rules")


def test_a_declared_seed_without_file_and_a_file_without_declaration_are_told(spoil: Spoil):
    root = spoil()
    (root / FILE).rename(root / "seeds/scoring/rules_of_scoring.csv")

    with pytest.raises(LeadsError) as told:
        validate_seeds(root)
    assert "seeds/scoring/rules_of_scoring.csv: the seed is not declared" in told.value.what
    assert f"{FILE}: the seed is declared but has no file" in told.value.what


def test_a_seed_that_does_not_exist_is_told_with_those_that_do(spoil: Spoil):
    with pytest.raises(LeadsError, match=r"no seed rules.*score_rules, stage_definitions"):
        read_seed(spoil(), "rules")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("is_required: true, min", "is_requierd: true, min", "Extra inputs are not permitted"),
        ("data_type: integer", "data_type: number", "Input should be 'text'"),
        ("description: Points.", "description: ''", "at least 1 character"),
        ("points: integer", "points: bigint", "points of type integer has the column_type bigint"),
        (", weight: double", "", "weight of type double has the column_type None"),
        ("points: integer", "points: integer, total: integer", "total, which is no column"),
        ("valid_per: [rule_id]", "valid_per: [rule]", "a column rule, which it lacks"),
        ("[stage_order]]", "[place]]", "a column place, which it lacks"),
        ("stage_definitions.stage_key", "stages.stage_key", "stages.stage_key, which is not"),
        ("stage_definitions.stage_key", "stage_definitions", "should match pattern"),
        ("min: -100", "min: low", "Input should be a valid"),
        ("above: 0", "above: 2026-01-01", "its bound datetime.date(2026, 1, 1) is not"),
        ("[open, closed]", "[open, 1]", "its bound 1 is not"),
        ("name: is_active,", "name: points,", "column points is declared twice"),
        ("name: stage_definitions", "name: score_rules", "score_rules is declared twice"),
        ("seeds:", "seeds: [", "not readable as a declaration"),
        ("seeds:", "- seeds:", "not readable as a declaration"),
    ],
)
def test_a_declaration_that_cannot_be_meant_is_refused(old: str, new: str, what: str, spoil: Spoil):
    root = spoil(file="_scoring__seeds.yml", old=old, new=new)

    with pytest.raises(LeadsError) as told:
        load_declarations(root)
    assert what in told.value.what
    assert told.value.where == "seeds/scoring/_scoring__seeds.yml"


def test_the_shipped_seeds_are_valid():
    validate_seeds(PROJECT_ROOT)


@pytest.mark.parametrize(
    "seed", load_declarations(PROJECT_ROOT).values(), ids=lambda seed: seed.name
)
def test_duckdb_reads_a_shipped_seed_as_python_does(seed: Seed):
    # dbt loads seeds by COPY into a table of the declared types.
    path = PROJECT_ROOT / seed.file
    names = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    columns = ", ".join(f"{name} {seed.config.column_types[name]}" for name in names)
    with duckdb.connect() as connection:
        connection.execute(f"create table seed ({columns})")
        connection.execute(f"copy seed from '{path}' (format csv, header true, delimiter ',')")
        loaded = connection.execute("select * from seed").fetchall()

    records = read_table(PROJECT_ROOT, seed).records
    assert loaded == [tuple(record.row[name] for name in names) for record in records]
