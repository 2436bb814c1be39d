{%- set attributes = {
    'job_title': 'job_title',
    'title': 'job_title',
    'number_of_employees': 'employees',
    'numberofemployees': 'employees',
    'num_employees': 'employees',
    var('marketo_purchase_timeline'): 'purchase_timeline',
    var('marketo_budget'): 'budget',
    var('marketo_stated_problem'): 'stated_problem',
    var('marketo_decision_role'): 'decision_role'
} -%}
{%- set of_leads = [
    'job_title', 'employees', 'purchase_timeline', 'budget', 'stated_problem', 'decision_role'
] -%}

with

-- The tool names a field as people see it: "Job Title".
changes as (
    select
        changed.person_id,
        replace(coalesce(labels.label, lower(changed.field)), ' ', '_') as field,
        changed.old_value,
        changed.new_value,
        changed.changed_at,
        changed.landed_at
    from {{ ref('stg_marketo__activity_change_data_value') }} as changed
    left join {{ source('text', 'label') }} as labels on changed.field = labels.raw_value
    where changed.record_status <> 'deleted'
),

versions as (
    select * from {{ ref('stg_marketo__lead_versions') }}
),

{%- set lead_key = "'marketo:lead:' || person_id as record_key" %}
{%- set version_key = "'marketo:lead:' || record_id as record_key" %}

observations as (
    {{ observed_changes('changes', lead_key, attributes) }}
    union all
    {{ observed_values('versions', version_key, 'version_at', of_leads) }}
)

select * from observations
where attribute is not null
