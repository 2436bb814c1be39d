"""The SQL that reads raw files, and the quoting it needs."""

from __future__ import annotations

from collections.abc import Iterable


def identifier(*names: str) -> str:
    """Quote names as one identifier, as `"landed_salesforce"."lead"`."""
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)


def literal(text: str) -> str:
    """Quote a text as SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def raw_column(position: int) -> str:
    """Name the raw column at a position; real names may be doubled or reserved."""
    return f"_raw_{position}"


def count_sql(character: str, width: int) -> str:
    """Count a character in the values of a raw row.

    Args:
        character: SQL of one character.
        width: The number of raw columns.
    """
    # One text of the whole row: the engine plans a sum over hundreds of columns for seconds.
    row = f"concat({', '.join(map(raw_column, range(width)))})"
    return f"(strlen({row}) - strlen(replace({row}, {character}, '')))"


def csv_sql(paths: Iterable[str], width: int) -> str:
    """Read CSV files of one width as text, in the order given, refusing what is not well formed.

    Args:
        paths: The files.
        width: Their number of columns.

    Returns:
        A table function with the columns `_raw_0` and on and the virtual column `file_index`.
    """
    columns = ", ".join(f"{literal(raw_column(position))}: 'VARCHAR'" for position in range(width))
    return (
        f"read_csv({_files(paths)}, auto_detect = false, header = true, delim = ',', quote = '\"',"
        f" escape = '\"', strict_mode = true, null_padding = false, columns = {{{columns}}})"
    )


def parquet_sql(paths: Iterable[str]) -> str:
    """Read Parquet files; virtual columns `file_index` and `file_row_number` from 0."""
    return f"read_parquet({_files(paths)})"


def _files(paths: Iterable[str]) -> str:
    # The engine takes *, ? and [ in a path for a pattern.
    escaped = ("".join(f"[{c}]" if c in "*?[" else c for c in path) for path in paths)
    return f"[{', '.join(literal(path) for path in escaped)}]"
