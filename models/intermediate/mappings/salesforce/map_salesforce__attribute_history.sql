{%- set attributes = {
    'title': 'job_title',
    'status': 'status',
    'owner': 'owner_id',
    'ownerid': 'owner_id',
    'owner_id': 'owner_id',
    'numberofemployees': 'employees',
    'number_of_employees': 'employees',
    var('salesforce_purchase_timeline'): 'purchase_timeline',
    var('salesforce_budget'): 'budget',
    var('salesforce_decision_role'): 'decision_role',
    var('salesforce_stated_problem'): 'stated_problem',
    var('salesforce_reject_reason'): 'reject_reason'
} -%}
{%- set of_contacts = [
    'job_title', 'owner_id', 'purchase_timeline', 'budget', 'stated_problem', 'decision_role',
    'reject_reason'
] -%}
{%- set of_leads = of_contacts + ['status', 'employees'] -%}

with

lead_changes as (
    select * from {{ ref('stg_salesforce__lead_history') }}
    where not is_copy and record_status <> 'deleted'
),

lead_copies as (
    select * from {{ ref('stg_salesforce__lead_history') }}
    where is_copy and record_status = 'used'
),

contact_changes as (
    select * from {{ ref('stg_salesforce__contact_history') }}
    where not is_copy and record_status <> 'deleted'
),

contact_copies as (
    select * from {{ ref('stg_salesforce__contact_history') }}
    where is_copy and record_status = 'used'
),

lead_versions as (
    select * from {{ ref('stg_salesforce__lead_versions') }}
),

contact_versions as (
    select * from {{ ref('stg_salesforce__contact_versions') }}
),

{%- set lead_key = "'salesforce:lead:' || lead_id as record_key" %}
{%- set lead_version_key = "'salesforce:lead:' || record_id as record_key" %}
{%- set contact_key = "'salesforce:contact:' || contact_id as record_key" %}
{%- set contact_version_key = "'salesforce:contact:' || record_id as record_key" %}

observations as (
    {{ observed_changes('lead_changes', lead_key, attributes) }}
    union all
    {{ observed_changes('contact_changes', contact_key, attributes) }}
    union all
    {{ observed_values('lead_copies', lead_key, 'changed_at', of_leads) }}
    union all
    {{ observed_values('contact_copies', contact_key, 'changed_at', of_contacts) }}
    union all
    {{ observed_values('lead_versions', lead_version_key, 'version_at', of_leads) }}
    union all
    {{ observed_values('contact_versions', contact_version_key, 'version_at', of_contacts) }}
),

-- The tool tells a new owner twice: by name, and by the id of the user.
told as (
    select * from observations
    where
        attribute is not null
        and (attribute <> 'owner_id' or coalesce(new_value, old_value) like '005%' or not is_change)
)

-- A change names a user by 15 letters or by 18.
select
    record_key,
    attribute,
    observed_at,
    case
        when attribute = 'owner_id' then {{ full_salesforce_id('old_value') }}
        else old_value
    end as old_value,
    case
        when attribute = 'owner_id' then {{ full_salesforce_id('new_value') }}
        else new_value
    end as new_value,
    is_change,
    landed_at
from told
