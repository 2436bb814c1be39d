{{ config(materialized='view') }}

with

activities as (
    {{ mapped('activities') }}
)

select * from activities
where occurred_at <= {{ as_of() }}
