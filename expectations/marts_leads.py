"""What must hold of leads: who they are, where they stand, and what sales is told to do."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations import vocabulary
from expectations.checks import error, no_rows, not_null, share, words
from orchestration.gates.subject import Subject

TABLES_OF_LEADS = (
    "fct_activities",
    "fct_handoffs",
    "fct_qualifications",
    "fct_score_ledger",
    "fct_stage_transitions",
    "lead_information_sheets",
    "lead_redirects",
    "lead_scores",
    "lead_scores_daily",
    "lead_source_records",
    "nurture_assignments",
    "sales_priority_list",
    "sales_tasks",
    "touch_fit",
)


def rules(subject: Subject) -> dict[str, tuple[Expectation, ...]]:
    """Give the checks of each table of leads.

    Args:
        subject: The build under way.
    """
    return {
        "dim_leads": _leads(subject),
        "fct_handoffs": _handoffs(subject),
        "fct_qualifications": _qualifications(),
        "fct_stage_transitions": _transitions(),
        "identity_reviews": (share("probability"),),
        "lead_information_sheets": (_sheets(),),
        "lead_source_records": (share("match_probability"),),
        "sales_priority_list": _priority_list(),
    }


def _leads(subject: Subject) -> tuple[Expectation, ...]:
    orphans = " union all ".join(
        f"select '{table}' as table_name, count(*) as row_count, count(distinct lead_id) as leads"
        f" from main.{table} anti join leads using (lead_id) where lead_id is not null"
        for table in TABLES_OF_LEADS
        if table in subject.marts
    )
    return (
        _known_stages("stage_key"),
        words("lifecycle", vocabulary.LIFECYCLES),
        words("exclusion_reason", vocabulary.EXCLUSION_REASONS),
        words("consent_status", vocabulary.CONSENT_STATUSES),
        words("job_level", vocabulary.JOB_LEVELS),
        share("predicted_probability"),
        no_rows(
            f"""
            with leads as (select lead_id from {{batch}}), orphans as ({orphans})
            select * from orphans where row_count > 0 order by all
            """,
            error(
                "leads_of_all_tables_are_there",
                why="A fact of a lead that is not there vanishes from every report by segment.",
                mend="Refresh in full; a night has moved a lead without the rows that name it.",
            ),
        ),
    )


def _known_stages(*columns: str) -> Expectation:
    used = " union all ".join(f"select {column} as stage_key from {{batch}}" for column in columns)
    return no_rows(
        f"""
        with used as ({used})
        select stage_key, count(*) as row_count
        from used anti join seeds.stage_definitions using (stage_key)
        where stage_key is not null
        group by stage_key
        order by all
        """,
        error(
            "stages_are_defined",
            why="A stage that is not defined has no name, no order and no offers.",
            mend="Add the stage to stage_definitions, or correct the rule that names it.",
        ),
    )


def _transitions() -> tuple[Expectation, ...]:
    return (
        _known_stages("from_stage", "to_stage"),
        not_null("to_stage"),
        words("direction", vocabulary.DIRECTIONS),
        no_rows(
            """
            with stays as (
                select
                    from_stage, entered_at, direction,
                    lag(to_stage) over lead_stays as stage_before,
                    lag(exited_at) over lead_stays as exited_before,
                    row_number() over lead_stays as stay
                from {batch}
                window lead_stays as (partition by lead_id order by entered_at)
            )
            select direction, count(*) as stays from stays
            where from_stage is distinct from stage_before
                or (stay > 1 and exited_before is distinct from entered_at)
                or (stay = 1) <> (direction = 'initial')
            group by direction
            order by all
            """,
            error(
                "stays_follow_one_another",
                why="A gap or an overlap counts a lead nowhere, or twice, in the funnel.",
                mend="Refresh the lifecycle in full; a lead was replaced only in part.",
            ),
        ),
    )


def _qualifications() -> tuple[Expectation, ...]:
    return (
        words("qualification", vocabulary.QUALIFICATIONS),
        no_rows(
            """
            select qualification, count(*) as row_count from {batch}
            where lost_at < qualified_at group by qualification order by all
            """,
            error(
                "qualifications_end_after_they_begin",
                why="A negative span makes a lead count in no period.",
                mend="Look in the lifecycle at how the loss of the qualification is dated.",
            ),
        ),
    )


def _handoffs(subject: Subject) -> tuple[Expectation, ...]:
    return (
        words("sales_response", vocabulary.SALES_RESPONSES),
        no_rows(
            f"""
            with judged as (
                select
                    sla_status,
                    case
                        when first_follow_up_at <= due_at then 'met'
                        when first_follow_up_at > due_at then 'breached'
                        when due_at < timestamp '{subject.as_of}' then 'overdue'
                        else 'open'
                    end as sla_status_by_clock
                from {{batch}}
            )
            select sla_status, sla_status_by_clock, count(*) as handoffs from judged
            where sla_status is distinct from sla_status_by_clock
            group by all
            order by all
            """,
            error(
                "sla_status_follows_the_clock",
                why="Who kept the agreement is read off this word alone.",
                mend="Compare the status with first_follow_up_at and due_at in the model.",
            ),
        ),
    )


def _sheets() -> Expectation:
    return no_rows(
        """
        select count(*) as handoffs
        from main.fct_handoffs anti join {batch} using (handoff_id)
        having count(*) > 0
        """,
        error(
            "every_handoff_has_a_sheet",
            why="Sales must not have to ask what marketing already knows.",
            mend="Refresh lead_information_sheets in full.",
        ),
    )


def _priority_list() -> tuple[Expectation, ...]:
    return (
        not_null("why"),
        no_rows(
            """
            select
                count(*) as row_count,
                count(distinct priority_rank) as ranks,
                min(priority_rank) as first_rank,
                max(priority_rank) as last_rank
            from {batch}
            having ranks <> row_count or first_rank <> 1 or last_rank <> row_count
            """,
            error(
                "ranks_are_1_to_n",
                why="With two leads of one rank nobody knows whom to call next.",
                mend="Give the order of the list a last column that no two leads share.",
            ),
        ),
        no_rows(
            """
            select leads.exclusion_reason, leads.stage_key, count(*) as leads
            from {batch}
            join main.dim_leads as leads using (lead_id)
            left join seeds.stage_definitions as stages using (stage_key)
            where leads.exclusion_reason is not null or stages.is_closing
            group by all
            order by all
            """,
            error(
                "nobody_excluded_is_called",
                why="Calling customers, competitors or closed leads costs trust.",
                mend="Leave out of the list who has an exclusion reason or a closing stage.",
            ),
        ),
    )
