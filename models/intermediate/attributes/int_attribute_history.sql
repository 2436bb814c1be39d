with

history as (
    select * from {{ ref('int_attribute_history_unioned') }}
),

final as (
    select
        record_key,
        attribute,
        observed_at,
        {{ comparable_value('attribute', 'old_value') }} as old_value,
        {{ comparable_value('attribute', 'new_value') }} as new_value,
        is_change,
        landed_at
    from history
    where record_key is not null and observed_at is not null
)

select * from final
