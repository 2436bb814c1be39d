"""A small warehouse with a few marts, as dbt and the gates leave it."""

from __future__ import annotations

from datetime import datetime

from orchestration.publishing.manifest import Provenance
from orchestration.publishing.tables import CHECK_RESULTS, MartTable

WAREHOUSE = """
create schema control;
create table control.build as select 3 as build_id, timestamp '2026-06-30 15:00:00' as as_of;
create table control.check_results (
    build_id integer, gate varchar, dataset varchar, check_name varchar, severity varchar,
    success boolean, observed varchar, details varchar
);
insert into control.check_results values
    (2, 'raw', 'control.build', 'of an earlier night', 'error', true, '', '{}'),
    (3, 'raw', 'control.build', 'rows are fresh', 'warn', false, 'hanako@example.com', '{}'),
    (3, 'marts', 'main.dim_leads', 'keys are unique', 'error', true, '0 of 3 rows', '{}');
create table main.dim_leads as
    select * from (values
        ('c', 'hanako@example.com', '山田花子', 'みらい工業', 3),
        ('a', 'taro@example.com', '佐藤太郎', '<b>Acme</b> & Co', 1),
        ('b', null, null, null, 2)
    ) as leads (lead_id, email, person_name, company_name, visits);
create table main.lead_redirects as select 'z' as old_lead_id, 'a' as lead_id;
create view main.visits as
    select
        'tool:visit:' || range as visit_id,
        case when range % 3 > 0 then 'ab'[range % 3] end as lead_id
    from range(10);
"""

DIM_LEADS = MartTable(
    name="dim_leads",
    relation="main.dim_leads",
    columns=("lead_id", "email", "person_name", "company_name", "visits"),
    personal=frozenset({"email", "person_name"}),
    lead_keys=frozenset({"lead_id"}),
)
LEAD_REDIRECTS = MartTable(
    name="lead_redirects",
    relation="main.lead_redirects",
    columns=("old_lead_id", "lead_id"),
    lead_keys=frozenset({"old_lead_id", "lead_id"}),
)
VISITS = MartTable(
    name="visits",
    relation="main.visits",
    columns=("visit_id", "lead_id"),
    sort_by=("lead_id", "visit_id"),
    lead_keys=frozenset({"lead_id"}),
    record_keys=frozenset({"visit_id"}),
)
TABLES = (DIM_LEADS, LEAD_REDIRECTS, VISITS, CHECK_RESULTS)
PROVENANCE = Provenance(build_id=3, as_of=datetime(2026, 6, 30, 15), run_id="run", fingerprint="f1")  # noqa: DTZ001
