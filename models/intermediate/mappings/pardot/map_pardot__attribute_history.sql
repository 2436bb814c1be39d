{%- set of_prospects = [
    'job_title', 'employees', 'purchase_timeline', 'budget', 'stated_problem', 'decision_role',
    'owner_id', 'reject_reason'
] -%}

with

versions as (
    select * from {{ ref('stg_pardot__prospect_versions') }}
),

{%- set version_key = "'pardot:prospect:' || record_id as record_key" %}

observations as (
    {{ observed_values('versions', version_key, 'version_at', of_prospects) }}
)

select * from observations
