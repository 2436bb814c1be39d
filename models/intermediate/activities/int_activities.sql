{{ config(materialized='view') }}

with

activities as (
    select * from {{ ref('int_activities_unioned') }}
)

-- A mail is a mailing that went to one person.
select
    *,
    person_key || '/' || mailing_key as mail_id
from activities
where occurred_at <= {{ as_of() }}
