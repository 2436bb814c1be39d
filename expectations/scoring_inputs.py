"""The gate before scoring: can these activities and persons be true?"""

from __future__ import annotations

from datetime import datetime, time

from great_expectations import ExpectationSuite
from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_in_set import (
    ExpectColumnValuesToBeInSet,
)
from great_expectations.expectations.core.expect_column_values_to_not_be_null import (
    ExpectColumnValuesToNotBeNull,
)
from great_expectations.expectations.core.expect_table_row_count_to_be_between import (
    ExpectTableRowCountToBeBetween,
)
from great_expectations.expectations.expectation import Expectation

from expectations.checks import error, key, no_rows, not_null, suite, warning, words
from expectations.vocabulary import ACTIVITY_TYPES
from orchestration.gates.subject import Subject

# Anonymous visitors and deleted persons leave activities without a lead, but not most of them.
SHARE_WITH_LEAD = 0.5
SHARE_WITH_EMAIL = 0.5
# Above this, scanners have rather been taken for readers elsewhere, or readers for scanners.
SHARE_OF_PEOPLE = 0.5
# Twenty a working day for two years: no buyer does that, a shared login or a robot does.
ACTIVITIES_PER_LEAD = 10_000
# One person seldom has more records than tools times a few duplicates.
RECORDS_PER_LEAD = 20
# The usual bound of the population stability index for "has shifted".
STABILITY_BOUND = 0.25
LEAST_ACTIVITIES = 1_000


def suites(subject: Subject) -> tuple[ExpectationSuite, ...]:
    """Give the checks of activities, person records and who is one person.

    Args:
        subject: The build under way.
    """
    return (
        suite("main.fct_activities", *_impossible(subject), *_implausible(subject)),
        suite("intermediate.int_person_records", *_person_records(subject)),
        suite("identity.person_identities", *_identities()),
    )


def _impossible(subject: Subject) -> tuple[Expectation, ...]:
    return (
        key("activity_id"),
        not_null("activity_type"),
        not_null("occurred_at"),
        not_null("is_machine"),
        words("activity_type", ACTIVITY_TYPES),
        ExpectColumnValuesToBeBetween(
            column="occurred_at",
            min_value=datetime.combine(subject.settings.earliest_date, time.min),
            max_value=subject.as_of,
            **error(
                "activities_lie_in_the_past",
                why="Nothing may be known that happens after the moment the build speaks about.",
                mend="Look for a time that is read in the wrong zone or format.",
            ),
        ),
        no_rows(
            """
            select count(*) as activities
            from {batch} as activities
            anti join main.fct_activities as originals
                on activities.duplicate_of = originals.activity_id
            where activities.duplicate_of is not null
            having count(*) > 0
            """,
            error(
                "duplicates_have_an_original",
                why="A duplicate without its original takes the points of both away.",
                mend="Refresh the activities in full; the original was replaced without its twin.",
            ),
        ),
        no_rows(
            """
            select count(*) as leads
            from (select distinct lead_id from {batch} where lead_id is not null) as leads
            anti join identity.person_identities using (lead_id)
            having count(*) > 0
            """,
            error(
                "activities_belong_to_known_leads",
                why="Points of a lead that does not exist reach nobody.",
                mend="Run the identity step again, then the activities.",
            ),
        ),
    )


def _implausible(subject: Subject) -> tuple[Expectation, ...]:
    return (
        ExpectTableRowCountToBeBetween(
            min_value=1,
            **warning(
                "there_are_activities",
                "volume",
                why="Without activities nobody can score by behaviour.",
                mend="Check that the activity tables of the connectors are delivered.",
            ),
        ),
        ExpectColumnValuesToNotBeNull(
            column="lead_id",
            mostly=SHARE_WITH_LEAD,
            **warning(
                "most_activities_have_a_lead",
                "distribution",
                why="Activities without a lead earn nobody points.",
                mend="Check that the person tables are as complete as the activity tables.",
            ),
        ),
        ExpectColumnValuesToBeInSet(
            column="is_machine",
            value_set=[False],
            mostly=SHARE_OF_PEOPLE,
            **warning(
                "most_activities_are_of_people",
                "distribution",
                why="What machines do earns no points: too many of them hide real interest.",
                mend="Look which tool and which mail they come from; check the machine rules.",
            ),
        ),
        no_rows(
            f"""
            with per_lead as (
                select count(*) as activities from {{batch}}
                where lead_id is not null and not is_machine
                group by lead_id
            )
            select count(*) as leads, max(activities) as most_activities from per_lead
            where activities > {ACTIVITIES_PER_LEAD}
            having count(*) > 0
            """,
            warning(
                "activities_per_lead_are_plausible",
                "distribution",
                why="A shared login or a robot would lead the call list.",
                mend="Add the agent to the machine agents, or the address to the shared mailboxes.",
            ),
        ),
        no_rows(
            _shifted_types(subject),
            warning(
                "activity_types_are_spread_as_before",
                "distribution",
                why="A type that stops or floods changes scores without a change of interest.",
                mend="Compare the types of the last four weeks with those of the year before.",
            ),
        ),
    )


def _shifted_types(subject: Subject) -> str:
    """Write the query of the population stability index, sum((p - q) * ln(p / q)) over the types.

    p is a type's share in the last 28 days and q in the 336 days before. Half a row is added to
    each count, so that a type that is new or gone has a logarithm.
    """
    as_of = f"timestamp '{subject.as_of}'"
    return f"""
        with counted as (
            select
                activity_type,
                count_if(occurred_at > {as_of} - interval 28 days) + 0.5 as recent,
                count_if(occurred_at <= {as_of} - interval 28 days) + 0.5 as past
            from {{batch}}
            where occurred_at > {as_of} - interval 364 days
            group by activity_type
        ),
        shares as (
            select
                recent / sum(recent) over () as p,
                past / sum(past) over () as q,
                least(sum(recent) over (), sum(past) over ()) as activities
            from counted
        )
        select round(sum((p - q) * ln(p / q)), 4) as stability_index from shares
        where activities >= {LEAST_ACTIVITIES}
        having sum((p - q) * ln(p / q)) > {STABILITY_BOUND}
    """


def _person_records(subject: Subject) -> tuple[Expectation, ...]:
    return (
        key("record_key"),
        ExpectColumnValuesToBeBetween(
            column="created_at",
            max_value=subject.as_of,
            **error(
                "records_are_created_in_the_past",
                why="The oldest record of a person names the lead; it must not come from tomorrow.",
                mend="Look for a creation time that is read in the wrong zone or format.",
            ),
        ),
        no_rows(
            """
            select count(*) as records
            from {batch} anti join identity.person_identities using (record_key)
            having count(*) > 0
            """,
            error(
                "every_record_is_somebody",
                why="A record without a person falls out of every mart.",
                mend="Run the identity step again.",
            ),
        ),
        ExpectColumnValuesToNotBeNull(
            column="email",
            mostly=SHARE_WITH_EMAIL,
            **warning(
                "most_records_have_an_email",
                "distribution",
                why="Records of the two tools are joined by e-mail more than by anything else.",
                mend="Check that the e-mail columns are delivered and readable.",
            ),
        ),
    )


def _identities() -> tuple[Expectation, ...]:
    return (
        key("record_key"),
        no_rows(
            f"""
            with per_lead as (
                select count(*) as records from {{batch}} where lead_id is not null group by lead_id
            )
            select count(*) as leads, max(records) as most_records from per_lead
            where records > {RECORDS_PER_LEAD}
            having count(*) > 0
            """,
            warning(
                "records_per_lead_are_plausible",
                "distribution",
                why="Strangers with a common address became one person with all their points.",
                mend="Add the address to the shared mailboxes, or part the records by override.",
            ),
        ),
    )
