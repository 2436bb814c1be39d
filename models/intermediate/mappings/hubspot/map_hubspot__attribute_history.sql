{%- set of_contacts = [
    'job_title', 'status', 'lifecycle_stage', 'owner_id', 'employees', 'purchase_timeline',
    'budget', 'stated_problem', 'decision_role', 'reject_reason'
] -%}

with

changes as (
    select * from {{ ref('map_hubspot__property_changes') }}
    where record_status <> 'deleted'
),

versions as (
    select * from {{ ref('stg_hubspot__contact_versions') }}
),

observed_changes as (
    select
        'hubspot:contact:' || contact_id as record_key,
        attribute,
        changed_at as observed_at,
        old_value,
        new_value,
        true as is_change,
        landed_at
    from changes
),

{%- set version_key = "'hubspot:contact:' || record_id as record_key" %}

observed_versions as (
    {{ observed_values('versions', version_key, 'version_at', of_contacts) }}
)

select * from observed_changes
union all
select * from observed_versions
