"""The baseline as a process of its own: `python -m bench.baseline RAW WAREHOUSE`."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from orchestration.landing.declarations import Table, read_project
from orchestration.settings import PROJECT_ROOT

SEEDS = PROJECT_ROOT / "seeds"

# Every view, form and attendance that a rule may know, with its category.
ACTIVITIES = """
create table activities as
select id, lead_id, activity_date as occurred_at, 'page_view' as activity_type,
    content_key, content_category
from marketo_activity_visit_webpage
left join paths using (webpage_url)
union all
select id, lead_id, activity_date, coalesce(activity_type, 'form_submit'),
    primary_attribute_value, content_category
from marketo_activity_fill_out_form
left join forms using (primary_attribute_value)
union all
select id, lead_id, activity_date, 'event_attended', primary_attribute_value, null
from marketo_activity_change_status_in_progression
where new_status in ('Attended', 'Attended On-demand')
"""

# The first of each lead, rule, content and day counts.
LEDGER = """
create table ledger as
select lead_id, rule_id, id, occurred_at, points,
    case when row_number() over (
        partition by lead_id, rule_id, content_key, cast(occurred_at + interval 9 hour as date)
        order by occurred_at, id
    ) <= daily_limit then points else 0 end as points_awarded
from (
    select activities.*, rules.rule_id, rules.points, rules.daily_limit
    from activities
    join rules
        on activities.activity_type = rules.activity_type
        and coalesce(rules.content_category, activities.content_category, '')
            = coalesce(activities.content_category, '')
    qualify row_number() over (partition by activities.id, rule_group order by rule_order) = 1
)
"""

SCORES = """
create table scores as
select leads.id as lead_id, coalesce(sum(points_awarded * pow(
    0.5, date_diff('day', occurred_at, (select max(occurred_at) from ledger)) / 90)), 0) as score
from marketo_lead as leads
left join ledger on leads.id = ledger.lead_id
group by leads.id
"""


def run(raw: Path, warehouse: Path) -> None:
    """Read, remove duplicates, join the rules, write ledger and scores.

    Args:
        raw: The folder of raw tables, in Parquet.
        warehouse: The DuckDB file to write.
    """
    with duckdb.connect(warehouse) as connection:
        connection.execute("set preserve_insertion_order = false; set memory_limit = '6GB'")
        for connector, tables in read_project(PROJECT_ROOT).connectors.items():
            for name, table in tables.items():
                path = raw / connector / f"{name}.parquet"
                if table.is_declared and path.exists():
                    _load(connection, table, path)
        _read_rules(connection)
        for statement in (ACTIVITIES, LEDGER, SCORES):
            connection.execute(statement)


def _load(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """Writes the latest version of each key."""
    rows = connection.read_parquet(str(path))
    raw_names = {column.name: column.raw_name or column.name for column in table.columns}
    keys = [tuple(raw_names[name] for name in key) for key in table.key]
    key = next(names for names in keys if set(names) <= set(rows.columns))
    versions = [name for name in ("system_modstamp", "updated_at") if name in rows.columns]
    newest_first = ", ".join(f"{name} desc" for name in [*versions, "_fivetran_synced"])
    connection.execute(
        f"""
        create table {table.connector}_{table.name} as
        from read_parquet('{path}')
        qualify row_number() over (partition by {", ".join(key)} order by {newest_first}) = 1
        """
    )


def _read_rules(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        f"""
        create table rules as from '{SEEDS}/scoring/score_rules.csv'
        where is_active and score_kind = 'behaviour';
        create table paths as
        select webpage_url, content_key, content_category
        from (select distinct webpage_url from marketo_activity_visit_webpage)
        join '{SEEDS}/content/content_rules.csv'
            on starts_with(regexp_replace(webpage_url, '^https?://[^/]*(/en)?', ''), path_prefix)
        qualify row_number() over (partition by webpage_url order by rule_order) = 1;
        create table forms as
        select primary_attribute_value, activity_type, content_category
        from (select distinct primary_attribute_value from marketo_activity_fill_out_form)
        join '{SEEDS}/content/form_rules.csv' on regexp_matches(primary_attribute_value, pattern)
        qualify row_number() over (partition by primary_attribute_value order by rule_order) = 1;
        """
    )


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
