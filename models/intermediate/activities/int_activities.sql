{{ config(materialized='view') }}

with

activities as (
    {{ mapped('activities') }}
)

-- A mail is a mailing that went to one person.
select
    *,
    person_key || '/' || mailing_key as mail_id
from activities
where occurred_at <= {{ as_of() }}
