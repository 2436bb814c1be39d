"""How a check is written: its name, how grave it is, why it is there and how to mend what it finds.

What a check finds is published for everybody. So a query names tables, columns, words of a
vocabulary and counts, and never a person, not even by id.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from great_expectations import ExpectationSuite
from great_expectations.execution_engine.execution_engine import ExecutionEngine
from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_in_set import (
    ExpectColumnValuesToBeInSet,
)
from great_expectations.expectations.core.expect_column_values_to_not_be_null import (
    ExpectColumnValuesToNotBeNull,
)
from great_expectations.expectations.core.unexpected_rows_expectation import (
    UnexpectedRowsExpectation,
)
from great_expectations.expectations.expectation import Expectation

from orchestration.gates.verdicts import KINDS


class ExpectNoRows(UnexpectedRowsExpectation):
    """The query finds nothing: each row it returns says what is wrong, and how much of it.

    The query runs once and its rows become the details. The class it derives from counts them by
    a second run, which doubles the time on large tables.
    """

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.table",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: ExecutionEngine[Any] | None = None,
    ) -> dict[str, Any]:
        rows = metrics["unexpected_rows_query.table"]
        return {"success": not rows, "result": {"details": {"rows": rows}}}


def error(name: str, *, why: str, mend: str) -> dict[str, Any]:
    """Describe a check that blocks: what it finds is wrong.

    Args:
        name: What holds, as a stable snake_case statement.
        why: What would go wrong downstream, in one line.
        mend: What to do when it fails.

    Returns:
        The keyword arguments that any expectation takes.
    """
    told = {"name": name, "kind": None, "why": why, "mend": mend}
    return {"severity": "critical", "meta": told}


def warning(name: str, kind: str, *, why: str, mend: str) -> dict[str, Any]:
    """Describe a check that warns: what it finds is unusual. Settings may let it block.

    Args:
        name: What holds, as a stable snake_case statement.
        kind: One of `KINDS`.
        why: What would go wrong downstream, in one line.
        mend: What to do when it fails.

    Returns:
        The keyword arguments that any expectation takes.
    """
    if kind not in KINDS:
        raise ValueError(f"'{kind}' is no kind of warning; the kinds are {', '.join(KINDS)}")
    told = {"name": name, "kind": kind, "why": why, "mend": mend}
    return {"severity": "warning", "meta": told}


def no_rows(query: str, told: dict[str, Any]) -> Expectation:
    """Expect that a query finds nothing.

    Args:
        query: SQL; `{batch}` stands for the dataset.
        told: What `error` or `warning` returned.
    """
    return ExpectNoRows(unexpected_rows_query=query, **told)


def key(*columns: str) -> Expectation:
    """Expect that columns name a row: never null, and never twice.

    Args:
        columns: The columns of the key.
    """
    names = ", ".join(columns)
    return no_rows(
        f"""
        with keys as (select {names}, count(*) as row_count from {{batch}} group by {names})
        select count(*) as keys, sum(row_count) as row_count from keys
        where row_count > 1 or {" or ".join(f"{column} is null" for column in columns)}
        having count(*) > 0
        """,
        error(
            "key_is_unique",
            why=f"One row per {names}: a second one counts everything it joins twice.",
            mend="Look for the join or the union in the model that multiplies rows.",
        ),
    )


def not_null(column: str) -> Expectation:
    """Expect that a column is never empty.

    Args:
        column: The column.
    """
    return ExpectColumnValuesToNotBeNull(
        column=column,
        **error(
            f"{column}_is_not_null",
            why=f"What reads the table relies on {column}.",
            mend=f"Look in the model for the rows that get no {column}.",
        ),
    )


def words(column: str, vocabulary: Iterable[str]) -> Expectation:
    """Expect that a column holds words of a vocabulary, or nothing.

    Args:
        column: The column.
        vocabulary: The words.
    """
    return ExpectColumnValuesToBeInSet(
        column=column,
        value_set=list(vocabulary),
        **error(
            f"{column}_is_known",
            why=f"Rules and reports look for the known words of {column}; any other is lost.",
            mend="Map the word to a known one where it enters, in a seed or a mapping model.",
        ),
    )


def share(column: str) -> Expectation:
    """Expect that a column lies within 0 and 1, or is empty.

    Args:
        column: The column.
    """
    return ExpectColumnValuesToBeBetween(
        column=column,
        min_value=0,
        max_value=1,
        **error(
            f"{column}_is_a_share",
            why="A rate or probability beyond 0 to 1 is a wrong division.",
            mend="Look for a numerator that counts what its denominator leaves out.",
        ),
    )


def suite(dataset: str, *expectations: Expectation) -> ExpectationSuite:
    """Gather the checks of one dataset.

    Args:
        dataset: `<schema>.<table>`; the suite carries its name.
        expectations: The checks.
    """
    return ExpectationSuite(name=dataset, expectations=list(expectations))
