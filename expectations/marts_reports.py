"""What must hold of reports: counts close, rates are rates, every raw row is accounted for."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.checks import error, no_rows


def rules() -> dict[str, tuple[Expectation, ...]]:
    """Give the checks of each report."""
    return {
        "funnel_by_period": _funnel(),
        "funnel_cohorts": (_cohorts(),),
        "kpi_results": _kpis(),
        "row_accounting": _accounting(),
    }


def _funnel() -> tuple[Expectation, ...]:
    return (
        no_rows(
            """
            select period_grain, stage_key, count(*) as periods from {batch}
            where opening + entered <> moved_on + fell_back + recycled + lost + closing
                or least(opening, entered, moved_on, fell_back, recycled, lost, closing) < 0
            group by all
            order by all
            """,
            error(
                "funnel_closes",
                why="Who is in a stage or enters it must leave it or be there at the end.",
                mend="Compare the period's transitions with its counts.",
            ),
        ),
        no_rows(
            """
            with periods as (
                select
                    period_grain, stage_key, opening,
                    lag(closing) over (
                        partition by period_grain, segment_id, stage_key order by period_start
                    ) as closing_before
                from {batch}
            )
            select period_grain, stage_key, count(*) as periods from periods
            where opening <> closing_before
            group by all
            order by all
            """,
            error(
                "periods_open_as_the_former_closed",
                why="Leads that appear or vanish between two periods are in no count.",
                mend="Refresh funnel_by_period in full.",
            ),
        ),
        no_rows(
            """
            with sums as (
                select
                    period_grain, period_start, stage_key,
                    sum(case when segment_id = 'all' then entered else -entered end) as entered,
                    sum(case when segment_id = 'all' then closing else -closing end) as closing
                from {batch}
                group by all
            )
            select period_grain, stage_key, count(*) as periods from sums
            where entered <> 0 or closing <> 0
            group by all
            order by all
            """,
            error(
                "segments_add_up_to_all",
                why="A lead without a segment would be in the total and in no row of it.",
                mend="Give every stay the segment of its lead when it entered the stage.",
            ),
        ),
    )


def _cohorts() -> Expectation:
    return no_rows(
        """
        with months as (
            select
                milestone, leads, reached,
                lag(reached) over (
                    partition by cohort_month, segment_id, milestone order by months_since
                ) as reached_before
            from {batch}
        )
        select milestone, count(*) as row_count from months
        where reached > leads or reached < reached_before
        group by milestone
        order by all
        """,
        error(
            "cohorts_only_grow",
            why="Who has reached a milestone has reached it for good, and only once.",
            mend="Count for each lead of the cohort the first time it reached the milestone.",
        ),
    )


def _kpis() -> tuple[Expectation, ...]:
    return (
        no_rows(
            """
            select kpi_key, count(*) as row_count from {batch}
            where denominator is not null and (
                value not between 0 and 1
                or abs(value - numerator / nullif(denominator, 0)) > 1e-9
                or (value is null) <> (denominator = 0)
            )
            group by kpi_key
            order by all
            """,
            error(
                "rates_lie_within_0_and_1",
                why="A rate is its numerator by its denominator, and part of a whole.",
                mend="Look for a numerator that counts what its denominator leaves out.",
            ),
        ),
        no_rows(
            """
            select kpi_key, count(*) as row_count from {batch}
            where value < ci_low - 1e-9 or value > ci_high + 1e-9
            group by kpi_key
            order by all
            """,
            error(
                "intervals_hold_their_value",
                why="An interval beside its value belongs to another number.",
                mend="Compute the interval from the row's own numerator and denominator.",
            ),
        ),
        no_rows(
            """
            select kpi_key, period_grain, count(*) as periods
            from (select distinct kpi_key, period_grain, period_start from {batch}) as periods
            anti join (select * from main.kpi_results where segment_id = 'all') as totals
                using (kpi_key, period_grain, period_start)
            group by all
            order by all
            """,
            error(
                "every_kpi_has_its_total",
                why="Reports show the row of the segment all first.",
                mend="Write the row of segment all for each KPI and period.",
            ),
        ),
    )


def _accounting() -> tuple[Expectation, ...]:
    return (
        no_rows(
            """
            select connector, table_name, raw_rows from {batch}
            where raw_rows <> used + duplicate + deleted + quarantined + not_yet + ignored
                or least(used, duplicate, deleted, quarantined, not_yet, ignored) < 0
            order by all
            """,
            error(
                "accounting_closes",
                why="Each raw row counts exactly once.",
                mend="Look for rows that two of the counts take, or none.",
            ),
        ),
        no_rows(
            """
            select
                connector, table_name, accounts.raw_rows,
                landed.landed_rows + landed.refused_rows as landed_rows
            from {batch} as accounts
            full join control.landed_tables as landed using (connector, table_name)
            where accounts.raw_rows is distinct from landed.landed_rows + landed.refused_rows
            order by all
            """,
            error(
                "accounting_covers_what_landed",
                why="A row that landed and is in no account is lost.",
                mend="Compare row_accounting with control.landed_tables.",
            ),
        ),
        no_rows(
            """
            with listed as (
                select connector, table_name, count(*) as listed_rows from main.quarantined_rows
                group by all
            )
            select connector, table_name, accounts.quarantined, listed.listed_rows
            from {batch} as accounts full join listed using (connector, table_name)
            where coalesce(accounts.quarantined, 0) <> coalesce(listed.listed_rows, 0)
            order by all
            """,
            error(
                "quarantined_rows_are_listed",
                why="Whoever mends a file needs its row, reason and text.",
                mend="Compare quarantined_rows with control.refused_rows and control.row_payloads.",
            ),
        ),
    )
