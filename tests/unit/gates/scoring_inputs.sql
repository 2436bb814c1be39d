-- Three persons of four records, and 2,000 page views of a year, one in ten by a machine.
create schema intermediate;
create schema identity;

create table intermediate.int_person_records as
from (values
    ('salesforce:lead:1', 'a@example.com', timestamp '2026-01-01 00:00:00'),
    ('marketo:lead:1', 'a@example.com', timestamp '2026-01-02 00:00:00'),
    ('marketo:lead:2', 'b@example.com', cast(null as timestamp)),
    ('marketo:lead:3', null, timestamp '2026-06-30 03:00:00')
) as records (record_key, email, created_at);

create table identity.person_identities as
from (values
    ('salesforce:lead:1', 'a'),
    ('marketo:lead:1', 'a'),
    ('marketo:lead:2', 'b'),
    ('marketo:lead:3', null)
) as identities (record_key, lead_id);

create table main.fct_activities as
select
    'activity' || number as activity_id,
    case number % 4 when 0 then null when 1 then 'b' else 'a' end as lead_id,
    timestamp '2026-06-30 03:00:00' - to_hours(cast(number * 4 as integer)) as occurred_at,
    'page_view' as activity_type,
    number % 10 = 0 as is_machine,
    cast(case number when 7 then 'activity6' end as varchar) as duplicate_of
from range(2000) as numbers (number);
