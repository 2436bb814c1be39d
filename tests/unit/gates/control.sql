-- A night as the landing leaves it: build 12, two connectors, ten nights of history.
create schema control;
create schema landed_salesforce;
create schema landed_marketo;

create table control.build as
select 12 as build_id, timestamp '2026-06-30 03:00:00' as as_of;

create table control.builds as
select build_id, build_id < 12 as completed from range(1, 13) as builds (build_id);

create table landed_salesforce.lead as
select
    'lead' || number as _key,
    timestamp '2026-06-01 00:00:00' as _occurred_at,
    timestamp '2026-06-01 00:00:00' as _version_at,
    timestamp '2026-06-29 18:00:00' as _synced_at,
    number % 10 = 0 as _is_deleted,
    hash(number) as _row_hash,
    1 as _batch,
    1 as _file_id,
    number + 1 as _row_number
from range(1, 201) as numbers (number);

-- 1,000 rows on the first night, 100 on each later one.
create table landed_marketo.activity_visit_webpage as
select
    'view' || night || '-' || number as _key,
    timestamp '2026-06-01 00:00:00' as _occurred_at,
    cast(null as timestamp) as _version_at,
    timestamp '2026-06-29 18:00:00' as _synced_at,
    false as _is_deleted,
    hash(night, number) as _row_hash,
    night as _batch,
    night as _file_id,
    number + 1 as _row_number
from range(1, 13) as nights (night)
cross join range(1, 1001) as numbers (number)
where night = 1 or number <= 100;

create table landed_marketo.lead as from landed_salesforce.lead limit 0;

create table control.landed_tables (
    connector varchar,
    table_name varchar,
    is_declared boolean,
    landed_rows bigint,
    refused_rows bigint
);
insert into control.landed_tables values
    ('salesforce', 'lead', true, 200, 1),
    ('marketo', 'activity_visit_webpage', true, 2100, 0),
    ('marketo', 'lead', true, 0, 0);

create table control.column_drift (
    connector varchar, table_name varchar, column_name varchar, drift varchar, batch integer
);
create table control.bad_values (
    connector varchar, table_name varchar, column_name varchar, bad_values bigint
);
insert into control.bad_values values ('salesforce', 'lead', 'number_of_employees', 2);

create table control.check_results (
    build_id integer,
    gate varchar,
    dataset varchar,
    check_name varchar,
    severity varchar,
    success boolean,
    observed varchar,
    details varchar
);
