"""What a raw text means in the declared type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import duckdb
import pytest

from orchestration.landing.declarations import Column, DataType
from orchestration.landing.values import bounded_sql, create_macros, parsed_sql, text_sql


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        create_macros(connection, "Asia/Tokyo")
        yield connection


def value_of(
    connection: duckdb.DuckDBPyConnection,
    data_type: DataType,
    raw: str,
    raw_type: str = "VARCHAR",
    earliest: date = date.min,
) -> object:
    """Returns the value that landing makes of a raw SQL expression."""
    column = Column("field", data_type, "field")
    row = connection.execute(
        f"""
        select {bounded_sql(column, "value", earliest)}
        from (
            select {parsed_sql(column, "raw", raw_type, "text")} as value
            from (select raw, {text_sql("raw", raw_type)} as text from (select {raw} as raw))
        )
        """
    ).fetchone()
    assert row is not None
    return row[0]


def text_value(
    connection: duckdb.DuckDBPyConnection,
    data_type: DataType,
    text: str,
    earliest: date = date.min,
) -> object:
    quoted = text.replace("'", "''")
    return value_of(connection, data_type, f"'{quoted}'", earliest=earliest)


@pytest.mark.parametrize("text", ["", " ", "\t", "\r\n", "\u3000", "\u00a0", " \u3000\t "])
@pytest.mark.parametrize(
    "data_type", ["text", "salesforce_id", "bigint", "double", "boolean", "timestamp", "date"]
)
def test_blank_is_null_in_every_type(
    connection: duckdb.DuckDBPyConnection, data_type: DataType, text: str
):
    assert text_value(connection, data_type, text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", "a"), (" a b ", "a b"), ("\u3000山田\u3000", "山田"), ("a\n", "a"), ("\ta", "a")],
)
def test_text_is_trimmed_at_its_ends_only(
    connection: duckdb.DuckDBPyConnection, text: str, expected: str
):
    assert text_value(connection, "text", text) == expected


@pytest.mark.parametrize(
    ("raw", "raw_type", "expected"),
    [
        ("101", "BIGINT", "101"),
        ("101.0", "DOUBLE", "101"),
        ("-7.0", "FLOAT", "-7"),
        ("9007199254740992.0", "DOUBLE", "9007199254740992"),
        ("1.5", "DOUBLE", "1.5"),
        ("1e300", "DOUBLE", "1e+300"),
        ("'nan'", "DOUBLE", None),
        ("'inf'", "DOUBLE", None),
        ("101.00", "DECIMAL(18,2)", "101.00"),
    ],
)
def test_a_number_as_text_is_written_as_the_id_it_may_be(
    connection: duckdb.DuckDBPyConnection, raw: str, raw_type: str, expected: str | None
):
    assert value_of(connection, "text", f"cast({raw} as {raw_type})", raw_type) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Groups 001A0, 00000, 6Vm9r. Capitals: A at place 3 -> 8 -> I; none -> A; V at place 1
        # -> 2 -> C.
        ("001A0000006Vm9r", "001A0000006Vm9rIAC"),
        # Groups 00QAB, CDEFG, hijkl: Q, A, B at 2, 3, 4 -> 4 + 8 + 16 = 28 -> 2 (26 is 0);
        # all five -> 31 -> 5; none -> 0 -> A.
        ("00QABCDEFGhijkl", "00QABCDEFGhijkl25A"),
        ("001A0000006Vm9rIAC", "001A0000006Vm9rIAC"),
        (" 001A0000006Vm9r ", "001A0000006Vm9rIAC"),
        ("001A0000006Vm9", "001A0000006Vm9"),
        ("9CcfAt8qtZvCTwFvwOFLcg==", "9CcfAt8qtZvCTwFvwOFLcg=="),
        ("fifteen-letters", "fifteen-letters"),
    ],
)
def test_ids_of_15_characters_get_their_checksum(
    connection: duckdb.DuckDBPyConnection, text: str, expected: str
):
    assert text_value(connection, "salesforce_id", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-05 10:00:00", "2024-01-05 10:00:00"),
        ("2024-01-05T10:00:00", "2024-01-05 10:00:00"),
        ("2024-01-05T10:00:00Z", "2024-01-05 10:00:00"),
        ("2024-01-05 10:00:00 UTC", "2024-01-05 10:00:00"),
        ("2024-01-05T10:00Z", "2024-01-05 10:00:00"),
        ("2024-01-05T10:00:00.000+0000", "2024-01-05 10:00:00"),
        # Nine hours east of UTC: 10:00 there is 01:00 in UTC.
        ("2024-01-05T10:00:00+09:00", "2024-01-05 01:00:00"),
        ("2024-01-05 10:00:00+0900", "2024-01-05 01:00:00"),
        ("2024-01-05 10:00:00 +09:00", "2024-01-05 01:00:00"),
        ("2024-01-05 10:00:00+09", "2024-01-05 01:00:00"),
        ("2024-01-05 10:00+09:00", "2024-01-05 01:00:00"),
        ("2024/1/5 9:00+09:00", "2024-01-05 00:00:00"),
        ("2024-01-05 10:00:00-05:30", "2024-01-05 15:30:00"),
        ("2024-01-05 10:00:00.5", "2024-01-05 10:00:00.500000"),
        ("2024-01-05 10:00:00.123456", "2024-01-05 10:00:00.123456"),
        ("2024-01-05 10:00:00.123+09:00", "2024-01-05 01:00:00.123000"),
        ("2024/01/05 10:00", "2024-01-05 10:00:00"),
        ("2024/01/05 10:00:30", "2024-01-05 10:00:30"),
        # Midnight in Tokyo is 15:00 of the day before in UTC.
        ("2024-01-05", "2024-01-04 15:00:00"),
        ("2024/1/5", "2024-01-04 15:00:00"),
        ("9999-12-31 23:59:59.999", "9999-12-31 23:59:59.999000"),
    ],
)
def test_moments_become_naive_utc(connection: duckdb.DuckDBPyConnection, text: str, expected: str):
    assert str(text_value(connection, "timestamp", text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024-13-01",
        "2024-02-30 10:00:00",
        "0000-00-00 00:00:00",
        "infinity",
        "epoch",
        "12024-01-01 00:00:00",
        "2024-01-05 (BC)",
        "20240105",
        "1704448800",
        "05.01.2024",
        "yesterday",
        "2024-01-05 25:00:00",
    ],
)
def test_what_is_no_moment_is_null(connection: duckdb.DuckDBPyConnection, text: str):
    assert text_value(connection, "timestamp", text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The first possible day begins at midnight in Tokyo.
        ("1990-01-01", "1989-12-31 15:00:00"),
        ("1989-12-31 15:00:00", "1989-12-31 15:00:00"),
        ("1989-12-31 14:59:59.999999", None),
        ("1989-12-31", None),
    ],
)
def test_an_occurrence_before_the_earliest_day_is_null(
    connection: duckdb.DuckDBPyConnection, text: str, expected: str | None
):
    value = text_value(connection, "timestamp", text, date(1990, 1, 1))
    assert value == expected if expected is None else str(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-05", date(2024, 1, 5)),
        ("2024/1/5", date(2024, 1, 5)),
        ("2024-01-05 23:59:59", date(2024, 1, 5)),
        ("2024-01-05T00:00:00Z", date(2024, 1, 5)),
        ("2024-02-30", None),
        ("soon", None),
    ],
)
def test_a_date_is_the_day_that_is_written(
    connection: duckdb.DuckDBPyConnection, text: str, expected: date | None
):
    assert text_value(connection, "date", text) == expected


@pytest.mark.parametrize("text", ["true", "TRUE", "True", "1", "yes", "Y", "t", "T", "1.0"])
def test_what_means_true(connection: duckdb.DuckDBPyConnection, text: str):
    assert text_value(connection, "boolean", text) is True


@pytest.mark.parametrize("text", ["false", "FALSE", "0", "no", "N", "f", "0.0"])
def test_what_means_false(connection: duckdb.DuckDBPyConnection, text: str):
    assert text_value(connection, "boolean", text) is False


@pytest.mark.parametrize("text", ["maybe", "2", "-"])
def test_what_is_neither_true_nor_false_is_null(connection: duckdb.DuckDBPyConnection, text: str):
    assert text_value(connection, "boolean", text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("-7", -7),
        ("12.0", 12),
        ("12.5", None),
        ("1,234", None),
        ("9223372036854775807", 9223372036854775807),
        ("9223372036854775808", None),
        ("many", None),
    ],
)
def test_whole_numbers_are_not_rounded(
    connection: duckdb.DuckDBPyConnection, text: str, expected: int | None
):
    assert text_value(connection, "bigint", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("1.5", 1.5), ("1e3", 1000.0), ("nan", None), ("inf", None), ("x", None)]
)
def test_numbers_are_finite(
    connection: duckdb.DuckDBPyConnection, text: str, expected: float | None
):
    assert text_value(connection, "double", text) == expected


@pytest.mark.parametrize(
    ("data_type", "raw", "raw_type", "expected"),
    [
        ("timestamp", "timestamptz '2024-01-05 10:00:00+09'", "TIMESTAMP WITH TIME ZONE",
         "2024-01-05 01:00:00"),
        ("timestamp", "timestamp '2024-01-05 10:00:00'", "TIMESTAMP", "2024-01-05 10:00:00"),
        ("timestamp", "timestamp_ms '2024-01-05 10:00:00'", "TIMESTAMP_MS",
         "2024-01-05 10:00:00"),
        ("timestamp", "date '2024-01-05'", "DATE", "2024-01-04 15:00:00"),
        ("timestamp", "timestamp 'infinity'", "TIMESTAMP", None),
        ("date", "timestamp '2024-01-05 10:00:00'", "TIMESTAMP", date(2024, 1, 5)),
        ("text", "42", "INTEGER", "42"),
        ("text", "['a', 'b']", "VARCHAR[]", "[a, b]"),
        ("bigint", "42.0::double", "DOUBLE", 42),
        ("bigint", "42.5::double", "DOUBLE", None),
        ("bigint", "42::integer", "INTEGER", 42),
        ("double", "42::integer", "INTEGER", 42.0),
        ("double", "'nan'::double", "DOUBLE", None),
        ("boolean", "1::integer", "INTEGER", True),
        ("boolean", "true", "BOOLEAN", True),
    ],
)  # fmt: skip
def test_native_values_are_cast(
    connection: duckdb.DuckDBPyConnection,
    data_type: DataType,
    raw: str,
    raw_type: str,
    expected: object,
):
    value = value_of(connection, data_type, raw, raw_type)
    assert (str(value) if isinstance(value, datetime) else value) == expected
