"""The warnings of the raw gate: is what landed fresh, and of the usual kind and amount?"""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.expectation import Expectation

from expectations.checks import no_rows, warning
from orchestration.gates.subject import Subject

# Four weeks hold each weekday four times; under a week the weekend is news.
PAST_NIGHTS = 28
LEAST_NIGHTS = 7
# Tables with fewer rows a night vary too much to have a usual amount.
LEAST_NEW_ROWS = 100
REFUSED_SHARE = 0.01
BAD_SHARE = 0.01
# Above this, a connector has rather lost its place than people have deleted so much.
DELETED_SHARE = 0.5
LEAST_ROWS = 100


def landed_tables(subject: Subject) -> tuple[Expectation, ...]:
    """Give the warnings about freshness, volume and shares of `control.landed_tables`.

    Args:
        subject: The build under way.
    """
    return (
        no_rows(
            _stale_connectors(subject),
            warning(
                "connectors_are_fresh",
                "freshness",
                why="Sales would call by yesterday's news without knowing it.",
                mend="Check that the connector still delivers; it may be paused or logged out.",
            ),
        ),
        no_rows(
            _unusual_amounts(subject),
            warning(
                "new_rows_are_as_many_as_usual",
                "volume",
                why="A night without mail clicks, or with ten times as many, is seldom a real one.",
                mend="Compare the night's files with those before; ask who changed the export.",
            ),
        ),
        no_rows(
            "select connector, table_name, landed_rows from {batch}"
            " where not is_declared order by all",
            warning(
                "every_table_is_read",
                "drift",
                why="No model reads such a table: what it tells is left out.",
                mend="Declare the table in the connector's sources, or stop delivering it.",
            ),
        ),
        no_rows(
            f"""
            select
                connector, table_name, refused_rows,
                round(refused_rows / (landed_rows + refused_rows), 4) as refused_share
            from {{batch}}
            where refused_rows > {REFUSED_SHARE} * (landed_rows + refused_rows)
            order by all
            """,
            warning(
                "few_rows_are_refused",
                "distribution",
                why="Refused rows earn no points and reach no report.",
                mend="Look at control.refused_rows: file, row number, reason and raw text.",
            ),
        ),
        no_rows(
            _deleted_tables(subject),
            warning(
                "few_rows_are_deleted",
                "distribution",
                why="A connector that loses its place marks whole tables as deleted.",
                mend="Compare with the tool itself; let the connector read the table anew.",
            ),
        ),
    )


def column_drift() -> tuple[Expectation, ...]:
    """Give the warnings about columns that came or went."""
    return (
        _no_drift(
            "unknown",
            warning(
                "no_column_is_unknown",
                "drift",
                why="Unknown columns are left out; a renamed one looks like this.",
                mend="Declare the column in the connector's sources, or leave it out on purpose.",
            ),
        ),
        _no_drift(
            "missing_optional",
            warning(
                "no_optional_column_is_missing",
                "drift",
                why="What a missing column would tell is empty in every mart.",
                mend="Add the column to the export, or set the var that names a custom field.",
            ),
        ),
    )


def bad_values() -> Expectation:
    """Give the warning about values that could not be read."""
    return no_rows(
        f"""
        select
            connector, table_name, column_name, bad_values,
            round(bad_values / landed_rows, 4) as bad_share
        from {{batch}}
        join control.landed_tables using (connector, table_name)
        where bad_values > {BAD_SHARE} * landed_rows
        order by all
        """,
        warning(
            "few_values_are_bad",
            "distribution",
            why="A value that cannot be read counts as empty.",
            mend="Compare the values of the column in the file with its declared type.",
        ),
    )


def _stale_connectors(subject: Subject) -> str:
    oldest = f"timestamp '{subject.as_of}' - interval {subject.settings.freshness_days} days"
    return f"""
        with newest as ({subject.over_landed_tables("max(_synced_at) as newest_synced_at")})
        select connector, max(newest_synced_at) as newest_synced_at
        from {{batch}}
        join newest using (connector, table_name)
        where landed_rows > 0
        group by connector
        having coalesce(max(newest_synced_at), '-infinity') < {oldest}
        order by all
    """


def _unusual_amounts(subject: Subject) -> str:
    # The first night brings the whole history and says nothing of usual ones. A tenth of the
    # nights at each end may be odd: quiet weekends are usual, a repeated run spoils nothing.
    return f"""
        with landed as (
            {subject.over_landed_tables("_batch, count(*) as new_rows", "group by _batch")}
        ),
        nights as (
            select build_id from control.builds
            where completed and build_id between 2 and {subject.build_id - 1}
            order by build_id desc
            limit {PAST_NIGHTS}
        ),
        past as (
            select tables.connector, tables.table_name, coalesce(landed.new_rows, 0) as new_rows
            from {{batch}} as tables
            cross join nights
            left join landed
                on landed.connector = tables.connector
                and landed.table_name = tables.table_name
                and landed._batch = nights.build_id
            where tables.is_declared
        ),
        usual as (
            select
                connector, table_name,
                quantile_cont(new_rows, 0.1) as few,
                quantile_cont(new_rows, 0.9) as many
            from past
            group by all
            having count(*) >= {LEAST_NIGHTS} and many >= {LEAST_NEW_ROWS}
        ),
        tonight as (
            select
                usual.*,
                coalesce(landed.new_rows, 0) as new_rows
            from usual
            left join landed
                on landed.connector = usual.connector
                and landed.table_name = usual.table_name
                and landed._batch = {subject.build_id}
        )
        select * from tonight
        where new_rows < few / 2 or new_rows > many * 2
        order by all
    """


def _deleted_tables(subject: Subject) -> str:
    counts = "count(*) as row_count, count_if(_is_deleted) as deleted_rows"
    return f"""
        with marked as ({subject.over_landed_tables(counts)})
        select
            connector, table_name, deleted_rows,
            round(deleted_rows / row_count, 4) as deleted_share
        from {{batch}}
        join marked using (connector, table_name)
        where row_count >= {LEAST_ROWS} and deleted_rows > {DELETED_SHARE} * row_count
        order by all
    """


def _no_drift(drift: str, told: dict[str, Any]) -> Expectation:
    # Which of its own marks a connector sets depends on how it reads the table, and is no news.
    return no_rows(
        f"""
        select connector, table_name, string_agg(column_name, ', ' order by column_name) as columns
        from {{batch}}
        where drift = '{drift}' and not starts_with(column_name, '_fivetran')
        group by all
        order by all
        """,
        told,
    )
