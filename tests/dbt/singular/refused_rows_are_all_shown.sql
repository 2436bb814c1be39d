-- Of each table as many rows are shown in quarantine as the accounting counts there.
with

shown as (
    select
        connector,
        table_name,
        count(*) as quarantined
    from {{ ref('quarantined_rows') }}
    group by connector, table_name
)

select
    coalesce(accounting.connector, shown.connector) as connector,
    coalesce(accounting.table_name, shown.table_name) as table_name,
    accounting.quarantined,
    shown.quarantined as quarantined_shown
from {{ ref('row_accounting') }} as accounting
full outer join shown
    on accounting.connector = shown.connector and accounting.table_name = shown.table_name
where coalesce(accounting.quarantined, 0) <> coalesce(shown.quarantined, 0)
