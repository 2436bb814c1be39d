{%- set attributes = {
    'type': 'account_type',
    'numberofemployees': 'employees',
    'number_of_employees': 'employees'
} -%}
{%- set of_accounts = ['account_type', 'employees'] -%}

with

changes as (
    select * from {{ ref('stg_salesforce__account_history') }}
    where not is_copy and record_status <> 'deleted'
),

copies as (
    select * from {{ ref('stg_salesforce__account_history') }}
    where is_copy and record_status = 'used'
),

versions as (
    select * from {{ ref('stg_salesforce__account_versions') }}
),

{%- set account_key = 'account_id as crm_account_id' %}
{%- set version_key = 'record_id as crm_account_id' %}

observations as (
    {{ observed_changes('changes', account_key, attributes) }}
    union all
    {{ observed_values('copies', account_key, 'changed_at', of_accounts) }}
    union all
    {{ observed_values('versions', version_key, 'version_at', of_accounts) }}
)

select
    *,
    'salesforce' as connector
from observations
where attribute is not null
