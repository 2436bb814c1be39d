"""The engine's fast reading and the exact one give the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.errors import LeadsError
from orchestration.landing.arrivals import Arrival, look_into
from orchestration.landing.csv_text import physical_lines, read_records
from orchestration.landing.declarations import Table
from orchestration.landing.files import RawFile
from orchestration.landing.group import Group, incoming_sql
from orchestration.landing.survey import survey_csv

Row = tuple[object, ...]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = true")
        yield connection


def arrivals_of(
    connection: duckdb.DuckDBPyConnection, folder: Path, contents: list[bytes]
) -> list[Arrival]:
    files = []
    for number, content in enumerate(contents):
        path = folder / f"{number}.csv"
        path.write_bytes(content)
        files.append(RawFile("crm", "visit", path.name, "csv", path))
    return look_into(files, connection, folder)


def rows_read(connection: duckdb.DuckDBPyConnection, arrivals: list[Arrival]) -> list[Row]:
    """Returns the rows as landing reads them, files shaped alike by one query."""

    def shape(item: tuple[int, Arrival]) -> tuple[object, ...]:
        return item[1].reading, item[1].breaks > 0, item[1].columns

    rows: list[Row] = []
    for _, alike in groupby(sorted(enumerate(arrivals), key=shape), key=shape):
        numbers, group = zip(*alike, strict=True)
        read = incoming_sql(Group(Table("crm", "visit"), group, numbers, is_changed=False))
        rows += [_normal(row) for row in connection.execute(read).fetchall()]
    return sorted(rows, key=lambda row: row[-3:])


def rows_exactly(arrivals: list[Arrival]) -> list[Row]:
    return [
        _normal((*record.values, number, record.row_number, record.line_count))
        for number, arrival in enumerate(arrivals)
        for record in list(read_records(physical_lines(arrival.file.location)))[1:]
        if record.values is not None
    ]


def _normal(row: Row) -> Row:
    """Returns the row with its texts as typing sees them."""
    return tuple((one or "").strip() if isinstance(one, str | None) else one for one in row)


def pieces(*texts: str) -> st.SearchStrategy[str]:
    """Returns texts put together of up to eight of the given ones."""
    return st.lists(st.sampled_from(texts), max_size=8).map("".join)


CELLS = st.one_of(
    st.text(alphabet="ab \té", max_size=3),
    pieces("a", '""', ",", "\n", "\r\n", " ").map(lambda text: f'"{text}"'),
)
CLEAN_LINES = st.tuples(CELLS, CELLS).map(",".join)
DIRTY_LINES = pieces("a", "a", "a", ",", ",", '"', "\n", " ", "\r\n", '""', "\t", "\\")
ENDS = st.sampled_from(["\n", "\r\n"])


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    end = draw(ENDS)
    lines = draw(st.lists(st.one_of(CLEAN_LINES, CLEAN_LINES, DIRTY_LINES), max_size=6))
    text = end.join(["x,y", *lines]) + draw(st.sampled_from(["", end]))
    return (draw(st.sampled_from(["", "\ufeff"])) + text).encode()


@given(files=st.lists(contents(), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_both_ways_of_reading_give_the_same_rows(
    connection: duckdb.DuckDBPyConnection, files: list[bytes]
):
    with TemporaryDirectory() as folder:
        arrivals = arrivals_of(connection, Path(folder), files)
        assert rows_read(connection, arrivals) == rows_exactly(arrivals)
        for arrival in arrivals:
            if arrival.reading == "csv":
                records = list(read_records(physical_lines(arrival.file.location)))
                assert all(record.values is not None for record in records)


@pytest.mark.parametrize(
    "content",
    [
        "x,y\n1,2\n3,4\n",
        "x,y\r\n1,2\r\n",
        "\ufeffx,y\n1,2\n",
        "x,y\n1,2",
        "x,y\n",
        'x,y\n1,"a ""b"", c"\n',
        'x,y\n1,"a\nb"\n2,c\n',
        "x,y\n#1,2\n",
    ],
)
def test_clean_files_are_read_fast(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, content: str
):
    arrivals = arrivals_of(connection, tmp_path, [content.encode()])
    assert arrivals[0].reading == "csv"
    assert rows_read(connection, arrivals) == rows_exactly(arrivals)


@pytest.mark.parametrize(
    "content",
    [
        # Too few, too many, and a trailing comma, which the engine forgives without a word.
        b"x,y\n1\n",
        b"x,y\n1,2,3\n",
        b"x,y\n1,2,\n",
        # One comma too few and one too many: the sum is right.
        b"x,y\n1\n1,2,\n",
        b"x,y\n1,2,\n1\n",
        # The engine drops the blank and unquotes; exactly read, the quotes are text.
        b'x,y\n1, "2"\n',
        b'x,y\n1,"2\n',
        b'x,y\n1,"2"3\n',
        b"x,y\n1,\xff\n",
        b"x,y\n1,\x002\n",
        b"x,y\n1,2\r\n3,4\n",
        b"x,y\r1,2\r",
        b"x,y\n1,2\n\n3,4\n",
        b"x\n1\n\n2\n",
        b'x,y\n1,"' + b"a\n" * 100 + b'"\n',
    ],
)
def test_dirty_files_are_read_exactly(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, content: bytes
):
    arrivals = arrivals_of(connection, tmp_path, [content])
    assert arrivals[0].reading == "rewritten"
    assert rows_read(connection, arrivals) == rows_exactly(arrivals)
    assert arrivals[0].rows == len(rows_exactly(arrivals))


def test_one_dirty_file_does_not_slow_the_others_down(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
):
    files = [b"x,y\n1,2\n", b"x,y\n1,2,3\n", b"x,y\n3,4\n5,6\n", b"x,y\n"]
    arrivals = arrivals_of(connection, tmp_path, files)
    assert [arrival.reading for arrival in arrivals] == ["csv", "rewritten", "csv", "csv"]
    assert rows_read(connection, arrivals) == rows_exactly(arrivals)


def test_a_path_with_the_marks_of_a_pattern_is_a_path(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
):
    (tmp_path / "[0]*?").mkdir()
    arrivals = arrivals_of(connection, tmp_path / "[0]*?", [b"x,y\n1,2\n"])
    assert (arrivals[0].reading, len(rows_read(connection, arrivals))) == ("csv", 1)


def test_column_names_are_trimmed_and_in_lower_case(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes('\ufeff Id ,FROM,"Two\nLines"\n'.encode())
    assert survey_csv(path).columns == ("id", "from", "two\nlines")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\n\n", "no header"),
        ("id,name\n1,x\n".encode("utf-16"), "no UTF-8 text"),
        ("id,name\n1,x\n".encode("utf-16-le"), "no UTF-8 text"),
        (b"\x1f\x8b\x08\x00\x00\x00", "no UTF-8 text"),
        (b"PAR1\x15\x04\x15\x10", "no UTF-8 text"),
        ("名前,住所\n1,x\n".encode("cp932"), "no UTF-8 text"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, problem: str):
    path = tmp_path / "lead.csv"
    path.write_bytes(content)
    with pytest.raises(LeadsError, match=problem) as raised:
        survey_csv(path)
    assert raised.value.where == str(path)
    assert "UTF-8" in raised.value.mend
