"""Records and physical lines of CSV files, broken ones included."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.landing.csv_text import MOST_LINES, physical_lines, read_records

Told = tuple[int, int, list[str] | None, str]


def records(text: str) -> list[Told]:
    """Returns row number, lines, values and raw text of each record behind the header."""
    told = [
        (record.row_number, record.line_count, record.values, record.text)
        for record in read_records(text.splitlines(keepends=True))
    ]
    return told[1:]


def test_the_first_record_is_the_header():
    header = next(read_records(["\n", "a,b\n", "1,2\n"]))
    assert (header.row_number, header.values) == (2, ["a", "b"])


def test_rows_are_numbered_by_the_line_they_start_at():
    text = 'a,b\n1,2\n\n3,"x\ny"\n\n4,5\n'
    assert records(text) == [
        (2, 1, ["1", "2"], ""),
        (4, 2, ["3", "x\ny"], ""),
        (7, 1, ["4", "5"], ""),
    ]


@pytest.mark.parametrize("line", ["1", "1,2,3", "1,2,", '1,2,"'])
def test_a_line_with_another_number_of_fields_is_broken(line: str):
    assert records(f"a,b\n{line}\n3,4\n") == [(2, 1, None, line), (3, 1, ["3", "4"], "")]


def test_a_line_of_empty_fields_is_a_row():
    assert records("a,b\n,\n") == [(2, 1, ["", ""], "")]


def test_a_record_over_several_lines_with_too_many_fields_is_taken_apart():
    # The quote of line 2 closes in line 4, whose rest makes four fields.
    text = 'a,b\n1,"x\n2,y\n3,"z",w\n5,6\n'
    assert records(text) == [
        # Alone, the line has two fields; its quote is merely not closed.
        (2, 1, ["1", "x"], ""),
        (3, 1, ["2", "y"], ""),
        (4, 1, None, '3,"z",w'),
        (5, 1, ["5", "6"], ""),
    ]


def test_a_quote_that_is_never_closed_swallows_nothing():
    assert records('a,b\n1,"x\n2,y\n3,z\n') == [
        (2, 1, ["1", "x"], ""),
        (3, 1, ["2", "y"], ""),
        (4, 1, ["3", "z"], ""),
    ]


def long_record(lines: int) -> str:
    """Returns a file with one record of so many lines, and a row behind it."""
    inner = "".join(f"{number},x\n" for number in range(lines - 2))
    return f'a,b\n1,"first\n{inner}last"\n2,y\n'


def test_a_record_of_100_lines_is_a_row():
    found = records(long_record(MOST_LINES))
    assert [(number, lines) for number, lines, _, _ in found] == [(2, 100), (102, 1)]


def test_a_record_of_101_lines_is_taken_apart():
    found = records(long_record(MOST_LINES + 1))
    # Lines 2 to 101 alone, then the last, `last"`, which has one field; then the row behind.
    assert [number for number, _, _, _ in found] == [*range(2, 104)]
    assert [row for row in found if row[2] is None] == [(102, 1, None, 'last"')]
    assert found[-1] == (103, 1, ["2", "y"], "")


def test_what_is_left_of_a_long_record_is_taken_apart_to_its_end():
    text = long_record(5 * MOST_LINES)
    found = records(text)
    assert [number for number, _, _, _ in found] == [*range(2, 5 * MOST_LINES + 3)]
    assert sum(values is None for _, _, values, _ in found) == 1


def test_a_doubled_quote_does_not_end_a_long_record():
    inner = '3,say ""x""\n' * 150
    found = records(f'a,b\n1,"first\n{inner}4,last"\n5,y\n')
    assert len(found) == 153
    # Read alone, the doubled quotes of an unquoted field are text.
    assert found[1][2] == ["3", 'say ""x""']
    assert found[-1][2] == ["5", "y"]


def test_a_carriage_return_amid_a_line_breaks_it():
    assert records_of_lines(["a,b\n", "1,x\ry\n", "2,z\n"]) == [None, ["2", "z"]]


def records_of_lines(lines: list[str]) -> list[list[str] | None]:
    return [record.values for record in read_records(lines)][1:]


def test_bytes_that_are_no_utf8_become_replacement_marks(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xef\xbb\xbfa,b\r\n\xff1,\x002\r\n\xe5\xb1\xb1,\n")
    assert list(physical_lines(path)) == ["a,b\r\n", "\ufffd1,2\r\n", "山,\n"]


def test_a_file_without_line_feeds_is_split_at_its_carriage_returns(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b\r1,2\r3,4")
    assert list(physical_lines(path)) == ["a,b\n", "1,2\n", "3,4"]


TEXTS = st.text(alphabet='ab,"\n ', max_size=60)


@given(TEXTS)
def test_every_line_with_content_is_in_exactly_one_record(text: str):
    lines = [f"{line}\n" for line in text.split("\n")]
    found = list(read_records(["a,b\n", *lines]))[1:]
    covered = [
        number
        for record in found
        for number in range(record.row_number, record.row_number + record.line_count)
    ]
    assert len(covered) == len(set(covered))
    with_content = {number for number, line in enumerate(lines, start=2) if line != "\n"}
    assert with_content <= set(covered)


@given(TEXTS)
def test_rows_have_as_many_fields_as_the_header(text: str):
    for record in read_records(["a,b\n", *(f"{line}\n" for line in text.split("\n"))]):
        assert record.values is None or len(record.values) == 2
        assert (record.values is None) == bool(record.text)
