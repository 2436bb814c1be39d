with

counts as (
    select * from {{ ref('int_record_counts_unioned') }}
),

by_table as (
    select
        connector,
        table_name,
        sum(case when record_status = 'used' then records else 0 end) as used,
        sum(case when record_status = 'deleted' then records else 0 end) as deleted,
        sum(case when record_status = 'not_yet' then records else 0 end) as not_yet,
        sum(row_versions) as row_versions,
        sum(row_versions - records) as duplicate
    from counts
    group by connector, table_name
),

landed as (
    select * from {{ source('control', 'landed_tables') }}
),

-- Landed rows that no staging model looks at lie too far ahead to be true.
final as (
    select
        landed.connector,
        landed.table_name,
        cast(landed.landed_rows + landed.refused_rows as bigint) as raw_rows,
        cast(coalesce(by_table.used, 0) as bigint) as used,
        cast(coalesce(by_table.duplicate, 0) as bigint) as duplicate,
        cast(coalesce(by_table.deleted, 0) as bigint) as deleted,
        cast(
            landed.refused_rows
            + case
                when landed.is_declared then landed.landed_rows - coalesce(by_table.row_versions, 0)
                else 0
            end as bigint
        ) as quarantined,
        cast(coalesce(by_table.not_yet, 0) as bigint) as not_yet,
        cast(case when landed.is_declared then 0 else landed.landed_rows end as bigint) as ignored
    from landed
    left join by_table
        on landed.connector = by_table.connector and landed.table_name = by_table.table_name
)

select * from final
