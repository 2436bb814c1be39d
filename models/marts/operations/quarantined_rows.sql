with

refused as (
    select
        connector,
        table_name,
        file,
        row_number,
        reason,
        payload
    from {{ source('control', 'refused_rows') }}
),

-- Judged anew each night: what lay too far ahead may have come true.
too_far_ahead as (
    select
        connector,
        table_name,
        file,
        row_number,
        'future_date' as reason,
        payload
    from {{ source('control', 'row_payloads') }}
    where occurred_at > {{ plausible_until() }}
),

final as (
    select * from refused
    union all
    select * from too_far_ahead
)

select
    connector,
    table_name,
    file,
    cast(row_number as bigint) as row_number,
    reason,
    payload
from final
