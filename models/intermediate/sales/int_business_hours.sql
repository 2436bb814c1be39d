with

working_days as (
    select
        calendar_id,
        opens_at,
        closes_at,
        working_minutes,
        minutes_before,
        lag(closes_at, 1, cast('0001-01-01' as timestamp)) over (
            partition by calendar_id order by opens_at
        ) as closed_since
    from {{ source('calendar', 'business_days') }}
    where is_working_day
)

select * from working_days
