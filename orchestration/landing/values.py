"""From raw text or a raw native value to the declared type, as SQL.

A value that cannot be read is null; whether one was there is counted elsewhere.
"""

from __future__ import annotations

from datetime import date

import duckdb

from orchestration.landing.declarations import Column
from orchestration.landing.source_files import DataType

SQL_TYPES: dict[DataType, str] = {
    "text": "VARCHAR",
    "salesforce_id": "VARCHAR",
    "bigint": "BIGINT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMP",
    "date": "DATE",
}
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
# Native types that a plain cast turns into the declared type without loss of meaning.
_CASTS: dict[DataType, tuple[str, ...]] = {
    "bigint": ("BIGINT", *_INTEGERS),
    "double": ("DOUBLE", "FLOAT", "BIGINT", *_INTEGERS),
    "boolean": ("BOOLEAN", "BIGINT", *_INTEGERS),
    "timestamp": ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"),
    "date": ("DATE",),
}

# What stands around values: blanks, tabs, line ends, the hard blank, the wide Japanese blank.
_BLANKS = " \t\n\r\u00a0\u3000"
# Trimming costs ten times as much as looking at both ends, and few values need it.
_TRIMMED = f"""if({
    " or ".join(f"{side}(v, '{blank}')" for side in ("prefix", "suffix") for blank in _BLANKS)
}, trim(v, '{_BLANKS}'), v)"""
# Each group of five characters of an id of 15 becomes one more character, whose number has bit i
# set where character i is a capital (the rule of the CRM for ids that ignore case).
_CHECK_CHARACTER = """substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ012345', 1
    + if(substr(t, n + 1, 1) between 'A' and 'Z', 1, 0)
    + if(substr(t, n + 2, 1) between 'A' and 'Z', 2, 0)
    + if(substr(t, n + 3, 1) between 'A' and 'Z', 4, 0)
    + if(substr(t, n + 4, 1) between 'A' and 'Z', 8, 0)
    + if(substr(t, n + 5, 1) between 'A' and 'Z', 16, 0), 1)"""
_MACROS = {
    "raw_text(v)": f"nullif({_TRIMMED}, '')",
    # Whole numbers become fractions in columns with gaps: 101.0 is the id 101.
    "number_text(v)": """case when isfinite(v) then
        coalesce(cast(try_cast(if(v % 1 = 0, v, null) as bigint) as varchar), cast(v as varchar))
        end""",
    "check_character(t, n)": _CHECK_CHARACTER,
    "as_text(t)": "t",
    "as_salesforce_id(t)": """case when regexp_full_match(t, '[A-Za-z0-9]{15}')
        then t || check_character(t, 0) || check_character(t, 5) || check_character(t, 10)
        else t end""",
    # The engine would round 12.5 to 13 and make one key of two.
    "as_bigint(t)": """case when contains(t, '.') and try_cast(t as double) % 1 <> 0 then null
        else try_cast(t as bigint) end""",
    "as_double(t)": "try_cast(t as double)",
    "as_boolean(t)": """case when lower(t) in ('true', 't', 'yes', 'y', '1', '1.0') then true
        when lower(t) in ('false', 'f', 'no', 'n', '0', '0.0') then false end""",
    "as_date(t)": """case when substr(t, 5, 1) in ('-', '/')
        then try_cast(split_part(replace(t, 'T', ' '), ' ', 1) as date) end""",
    # Seconds are filled in and the blank before an offset goes, or the engine refuses both.
    "zoned_moment(t)": r"""timezone('UTC', try_cast(regexp_replace(
        regexp_replace(t, '^(\S+[T ]\d{1,2}:\d{2})([^:\d]|$)', '\1:00\2'),
        ' +([+-])', '\1') as timestamptz))""",
}
# Only text with a letter or a sign after its date names a zone. The cast to a mere timestamp
# would drop that zone without a word, and the cast with a zone is six times as slow. What ends
# with its seconds, as most do, has none and need not be searched for one.
_AS_TIMESTAMP = r"""case
    when substr(t, 5, 1) not in ('-', '/') then null
    when length(t) <= 10 then midnight(try_cast(t as date))
    when length(t) = 19 and substr(t, 14, 1) = ':' and substr(t, 17, 1) = ':'
        then try_cast(t as timestamp)
    when regexp_matches(substr(t, 11), '[A-SU-Za-su-z+-]') then zoned_moment(t)
    else try_cast(t as timestamp) end"""


def create_macros(connection: duckdb.DuckDBPyConnection, time_zone: str) -> None:
    """Make the temporary SQL macros that `parsed_sql` and `bounded_sql` use.

    Args:
        connection: The connection that will land; the macros live as long as it does.
        time_zone: The zone whose midnight a mere date means.
    """
    macros = {
        **_MACROS,
        "midnight(d)": f"timezone('UTC', timezone('{time_zone}', cast(d as timestamp)))",
        "as_timestamp(t)": _AS_TIMESTAMP,
    }
    for name, body in macros.items():
        connection.execute(f"create or replace temporary macro {name} as {body}")


def text_sql(raw: str, raw_type: str) -> str:
    """Give the raw value as text: trimmed, null where it is blank or no number."""
    if raw_type in ("FLOAT", "DOUBLE"):
        return f"number_text({raw})"
    return f"raw_text({raw})" if raw_type == "VARCHAR" else f"cast({raw} as varchar)"


def parsed_sql(column: Column, raw: str, raw_type: str, text: str) -> str:
    """Give the SQL that turns a raw value into the declared type.

    The arguments should be names: the engine copies them to every place of its macros.

    Args:
        column: The declared column.
        raw: The raw value.
        raw_type: The engine's type of it; VARCHAR in every CSV file.
        text: The raw value as `text_sql` gives it.

    Returns:
        SQL of type SQL_TYPES[column.data_type]; null where the value cannot be read.
    """
    if raw_type in _CASTS.get(column.data_type, ()):
        return f"try_cast({raw} as {SQL_TYPES[column.data_type]})"
    if column.data_type == "timestamp" and raw_type == "TIMESTAMP WITH TIME ZONE":
        return f"timezone('UTC', {raw})"
    return f"as_{column.data_type}({text})"


def bounded_sql(column: Column, value: str, earliest: date = date.min) -> str:
    """Give the parsed value where it is finite and not too early, else null.

    Args:
        column: The declared column.
        value: The name of the parsed value.
        earliest: The first day that is possible; the last is the end of the year 9999.
    """
    if column.data_type == "double":
        return f"if(isfinite({value}), {value}, null)"
    first, last = {
        "date": (f"date '{earliest}'", "date '9999-12-31'"),
        "timestamp": (
            f"midnight('{earliest}')" if earliest > date.min else "timestamp '0001-01-01'",
            "timestamp '9999-12-31 23:59:59.999999'",
        ),
    }.get(column.data_type, ("", ""))
    return f"case when {value} between {first} and {last} then {value} end" if first else value
