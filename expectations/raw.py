"""The gate after landing: is what landed whole, fresh and of the usual kind and amount?"""

from __future__ import annotations

from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation import Expectation

from expectations import raw_usual
from expectations.checks import error, no_rows, suite
from orchestration.gates.subject import Subject

# What the landing adds to every row; staging is built on it.
LANDED_COLUMNS = (
    "_key",
    "_occurred_at",
    "_version_at",
    "_synced_at",
    "_is_deleted",
    "_row_hash",
    "_batch",
    "_file_id",
    "_row_number",
)
# A table without one good row among this many was not understood at all.
LEAST_REFUSED = 100


def suites(subject: Subject) -> tuple[ExpectationSuite, ...]:
    """Give the checks of what landed, over all tables at once.

    Args:
        subject: The build under way.
    """
    return (
        suite("control.landed_tables", *_wrong(subject), *raw_usual.landed_tables(subject)),
        suite("control.column_drift", *raw_usual.column_drift()),
        suite("control.bad_values", raw_usual.bad_values()),
    )


def _wrong(subject: Subject) -> tuple[Expectation, ...]:
    columns = ", ".join(f"('{column}')" for column in LANDED_COLUMNS)
    return (
        no_rows(
            f"""
            select tables.connector, tables.table_name, wanted.column_name as missing_column
            from {{batch}} as tables
            cross join (values {columns}) as wanted (column_name)
            anti join information_schema.columns as present
                on present.table_schema = 'landed_' || tables.connector
                and present.table_name = tables.table_name
                and present.column_name = wanted.column_name
            where tables.is_declared
            order by all
            """,
            error(
                "required_columns_are_there",
                why="Staging reads these columns of every landed table.",
                mend="Land again; a landed table must not be altered by hand.",
            ),
        ),
        no_rows(
            f"""
            with counted as ({subject.over_landed_tables("count(*) as rows_there")})
            select connector, table_name, landed_rows, rows_there
            from {{batch}} join counted using (connector, table_name)
            where landed_rows <> rows_there
            order by all
            """,
            error(
                "tables_do_not_shrink",
                why="What has landed is never changed or deleted: history and accounting need it.",
                mend="Restore the warehouse from before the rows were changed, and land again.",
            ),
        ),
        _none_of(
            subject,
            "_key is null",
            error(
                "keys_are_not_null",
                why="A row without a key cannot be told from its other versions.",
                mend="Check the key that the source declares for the table; land again.",
            ),
        ),
        _none_of(
            subject,
            "_is_deleted is null",
            error(
                "deletion_is_known",
                why="A row that may or may not be deleted is counted twice or not at all.",
                mend="Check the deletion columns that the source declares for the table.",
            ),
        ),
        _none_of(
            subject,
            f"_batch is null or _batch not between 1 and {subject.build_id}",
            error(
                "rows_belong_to_a_night",
                why="An incremental night finds its rows by the night they landed in.",
                mend="Restore the warehouse from before the rows were changed, and land again.",
            ),
        ),
        no_rows(
            f"""
            select connector, table_name, refused_rows from {{batch}}
            where landed_rows = 0 and refused_rows >= {LEAST_REFUSED}
            order by all
            """,
            error(
                "no_table_is_refused_whole",
                why="A table of which every row is refused was not understood.",
                mend="Look at control.refused_rows for the reason; compare the file with the tool.",
            ),
        ),
    )


def _none_of(subject: Subject, condition: str, told: dict[str, object]) -> Expectation:
    offending = subject.over_landed_tables("count(*) as row_count", f"where {condition}")
    return no_rows(
        f"""
        with offending as ({offending})
        select connector, table_name, row_count
        from {{batch}} join offending using (connector, table_name)
        where row_count > 0
        order by all
        """,
        told,
    )
